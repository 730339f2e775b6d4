import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../../setup/src/run-command.ts';
import { networkOf } from './addresses.ts';
import { ensureNetwork, removeNetwork } from './network.ts';
import { type ClusterRecord, clusterDir } from './state.ts';
import { register } from './up.ts';

const shape = { nodes: 1, controllers: [], scheduler: false, apiServerArgs: [], etcdArgs: [] };
const records: ClusterRecord[] = [];
const roots: string[] = [];
const stateHome = process.env.XDG_STATE_HOME;

/** Registers a cluster as another user of this machine would: with a state folder of its own. */
async function registerElsewhere(name: string): Promise<ClusterRecord> {
  const root = mkdtempSync(join(tmpdir(), 'meshery-slots-'));
  roots.push(root);
  process.env.XDG_STATE_HOME = root;
  const record = await register(name, clusterDir(name), shape);
  records.push(record);
  return record;
}

afterEach(async () => {
  if (stateHome === undefined) delete process.env.XDG_STATE_HOME;
  else process.env.XDG_STATE_HOME = stateHome;
  for (const record of records.splice(0)) await removeNetwork(record);
  for (const root of roots.splice(0)) rmSync(root, { recursive: true });
});

test('clusters of two users of one machine get networks of their own', async () => {
  const [one, two] = [await registerElsewhere('slots-one'), await registerElsewhere('slots-two')];
  expect(one.slot).not.toBe(two.slot);
  await ensureNetwork(one);
  await ensureNetwork(two);
  const shown = await runCommand('ip', ['-n', 'meshery-slots-two-node-1', '-brief', 'address', 'show', 'eth0']);
  expect(shown).toContain(`10.250.${String(two.slot)}.11/24`);
});

test('a cable that was left behind keeps its slot taken', async () => {
  const first = await registerElsewhere('slots-old');
  await ensureNetwork(first);
  await runCommand('ip', ['link', 'delete', networkOf(first.slot).bridge]);
  const next = await registerElsewhere('slots-new');
  expect(next.slot).not.toBe(first.slot);
});
