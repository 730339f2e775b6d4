import { waitUntil } from '@meshery/testing';
import { OutsideServer, allReady, managedCluster, readyOf, write } from '../support/two-clusters.ts';
import type { Managed } from '../support/two-clusters.ts';

/** From the API server's answer to the row in REST. */
const VISIBLE_MS = 2000;
/** For what has to be noticed, or to come back, first. */
const HEALED_MS = 60_000;

let one: Managed;
let two: Managed;
let outside: OutsideServer;

beforeAll(async () => {
  one = await managedCluster('NodePort');
  two = await managedCluster('ClusterIP');
  await allReadyIn();
  outside = await OutsideServer.start([one, two]);
}, 600_000);

afterAll(async () => {
  await outside.stop();
  await one.cluster.stop();
  await two.cluster.stop();
}, 120_000);

async function allReadyIn(): Promise<void> {
  for (const managed of [one, two]) await allReady(managed);
}

test('a server outside of both keeps them apart: one broker by NodePort, one by port-forward', async () => {
  expect(one.id).not.toBe(two.id);
  await write(one, 'in-one');
  await write(two, 'in-two');
  await outside.sees(one, 'in-one', HEALED_MS);
  await outside.sees(two, 'in-two', HEALED_MS);
  expect(await outside.has(one, 'in-two')).toBe(false);
  expect(await outside.has(two, 'in-one')).toBe(false);
  await write(one, 'live-one');
  await write(two, 'live-two');
  await outside.sees(one, 'live-one', VISIBLE_MS);
  await outside.sees(two, 'live-two', VISIBLE_MS);
});

test('while the node of one is cut off, the other is as before; then the first catches up by itself', async () => {
  await one.cluster.setNodeConnected(1, false);
  try {
    await write(one, 'while-away');
    for (let turn = 0; turn < 5; turn += 1) {
      await write(two, `undisturbed-${String(turn)}`);
      await outside.sees(two, `undisturbed-${String(turn)}`, VISIBLE_MS);
    }
    expect(await outside.has(one, 'while-away')).toBe(false);
    expect(await readyOf(two, 'meshsync/meshery-meshsync')).toBe('True');
  } finally {
    await one.cluster.setNodeConnected(1, true);
  }
  await outside.sees(one, 'while-away', HEALED_MS);
  await waitUntil({ what: 'both being well', timeoutMs: HEALED_MS }, async () => {
    const states = [one, two].flatMap((managed) =>
      ['broker/meshery-broker', 'meshsync/meshery-meshsync'].map((name) => readyOf(managed, name)),
    );
    return (await Promise.all(states)).every((state) => state === 'True');
  });
}, 240_000);
