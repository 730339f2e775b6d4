import { readFileSync } from 'node:fs';
import { UpgradeScene, components } from '../support/upgrade-scene.ts';
import type { Version } from '../support/upgrade-scene.ts';

const { commit } = JSON.parse(readFileSync(new URL('previous-version.json', import.meta.url), 'utf8')) as {
  readonly commit: string;
};
const steps = (['N', 'N-1'] as const).flatMap((version: Version) =>
  components.map((component) => ({ component, version })),
);
const pairs = components.flatMap((newer) =>
  components.filter((other) => other !== newer).map((older) => `${newer} N beside ${older} N-1`),
);
const seen = new Set<string>();

let scene: UpgradeScene;

beforeAll(async () => {
  scene = await UpgradeScene.start(commit);
  await scene.install();
}, 600_000);

afterAll(() => scene.stop(), 60_000);

/** Nothing is lost, nothing is too much, nothing stays wrong; then the writes go on. */
async function allIsWell(): Promise<void> {
  await scene.inSync();
  await scene.wellAgain();
  const running = await scene.running();
  // An operator of N-1 starts the new agent beside the old one: each may end the run of the other once.
  const excused = running.operator === 'N-1' ? 'meshsync' : undefined;
  expect((await scene.restarted()).filter((name) => name !== excused)).toEqual([]);
  for (const newer of components.filter((component) => running[component] === 'N')) {
    for (const older of components.filter((component) => running[component] === 'N-1'))
      seen.add(`${newer} N beside ${older} N-1`);
  }
  scene.writer.resume();
}

test('N-1 works with the definitions of N', async () => {
  scene.writer.resume();
  await scene.upgradeDefinitions();
  await allIsWell();
}, 720_000);

test.each(steps)(
  '$component goes to $version, and nothing is lost',
  async ({ component, version }) => {
    const before = scene.writer.writes;
    await scene.move(component, version);
    expect(scene.writer.writes).toBeGreaterThan(before);
    expect((await scene.running())[component]).toBe(version);
    await allIsWell();
  },
  900_000,
);

test('each component ran at N beside each other at N-1', () => {
  expect([...seen].sort()).toEqual([...pairs].sort());
});
