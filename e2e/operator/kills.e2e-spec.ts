import { type OperatorProcess, SeededRandom, waitUntil } from '@meshery/testing';
import { ManagedCluster, type Plural } from '../support/managed-cluster.ts';
import { expectedObjects, ownedObjects } from '../support/owned-oracle.ts';
import { countBy } from '../support/write-log.ts';

const KILLS = 50;
const OBJECTS = 10;

let cluster: ManagedCluster;
let operator: OperatorProcess;

beforeAll(async () => {
  cluster = await ManagedCluster.start();
  operator = await cluster.operator();
  await cluster.create('brokers', 'busy', {});
}, 300_000);

afterAll(async () => {
  await operator.stop();
  await cluster.stop();
});

/** Credentials of each Broker by its uid: they may be made once and never again. */
const tokens = new Map<string, string>();

async function expectSameCredentials(): Promise<void> {
  for (const { metadata } of await cluster.all('brokers')) {
    const token = await cluster.secret(`${metadata.name}-nats-auth`, 'token');
    const known = tokens.get(metadata.uid);
    if (token === undefined) continue;
    if (known !== undefined) expect(token).toBe(known);
    tokens.set(metadata.uid, token);
  }
}

/** What users do meanwhile: objects come, change and go, under the same names. */
class Users {
  readonly #random = new SeededRandom(11);
  readonly done: Record<string, number> = { create: 0, change: 0, delete: 0 };

  async act(): Promise<void> {
    const plural: Plural = this.#random.pick(['brokers', 'meshsyncs']);
    const name = `x${String(this.#random.between(1, OBJECTS))}`;
    const exists = (await cluster.all(plural)).some(({ metadata }) => metadata.name === name);
    const what = !exists ? 'create' : this.#random.pick(['change', 'change', 'delete']);
    if (what === 'create') await this.create(plural, name);
    else if (what === 'delete') await cluster.remove(plural, name);
    else await cluster.change(plural, name, { spec: this.#changeOf(plural) });
    this.done[what] = (this.done[what] ?? 0) + 1;
  }

  async create(plural: Plural, name: string): Promise<void> {
    await cluster.create(plural, name, plural === 'brokers' ? {} : { broker: { native: { name } } });
  }

  #changeOf(plural: Plural): object {
    const resources = { limits: { memory: `${String(this.#random.between(300, 600))}Mi` } };
    return plural === 'brokers' ? { resources, size: this.#random.between(1, 3) } : { resources };
  }
}

/** Gives it something to write and waits until it does: however long its start takes, half of the kills hit its work. */
async function busyWith(turn: number): Promise<void> {
  const before = cluster.writeLog.read().length;
  await cluster.change('brokers', 'busy', { spec: { resources: { limits: { memory: `${String(600 + turn)}Mi` } } } });
  await waitUntil({ what: 'work under way', timeoutMs: 60_000, everyMs: 10 }, () => {
    return cluster.writeLog.read().length > before;
  });
}

test('an operator killed 50 times at any moment leaves everything as it is wanted, once', async () => {
  const users = new Users();
  const random = new SeededRandom(50);
  const wrote: number[] = [];
  for (let kills = 0; kills < KILLS; kills += 1) {
    await operator.service.up();
    await users.act();
    await users.act();
    const before = cluster.writeLog.read().length;
    if (kills % 2 === 1) await busyWith(kills);
    // Anywhere from its first lines to the middle of its work.
    await new Promise((resolve) => setTimeout(resolve, random.between(0, 700)));
    expect((await operator.service.kill())?.signal).toBe('SIGKILL');
    wrote.push(cluster.writeLog.read().length - before);
    await expectSameCredentials();
  }
  // All wanted ones that are not there just now.
  for (const plural of ['brokers', 'meshsyncs'] as const) {
    const present = new Set((await cluster.all(plural)).map(({ metadata }) => metadata.name));
    const names = Array.from({ length: OBJECTS }, (_, index) => `x${String(index + 1)}`);
    for (const name of names.filter((wanted) => !present.has(wanted))) await users.create(plural, name);
    // Some went for good while nobody looked.
    for (const name of names.slice(0, 3)) await cluster.remove(plural, name);
  }
  const busy = wrote.filter((count) => count > 0).length;
  process.stdout.write(
    `killed ${String(wrote.length)} times, ${String(busy)} of them after ${String(wrote.reduce((a, b) => a + b, 0))} writes; ` +
      `users: ${JSON.stringify(users.done)}\n`,
  );
  expect(wrote).toHaveLength(KILLS);
  expect(busy).toBeGreaterThan(KILLS / 4);
  await operator.service.up();
  await operator.service.ready();
  await cluster.settled();
  await waitUntil({ what: 'nothing more and nothing less', timeoutMs: 60_000, explain: surplus }, async () => {
    return (await surplus()) === '';
  });
  await expectSameCredentials();
  await expectWantedSpecs();
}, 900_000);

/** What is there and should not be, and the other way round. */
async function surplus(): Promise<string> {
  const found = (await ownedObjects(cluster)).map(({ line }) => line);
  const expected = await expectedObjects(cluster);
  const twice = Object.entries(countBy(found, (line) => line)).filter(([, count]) => count > 1);
  return [
    ...found.filter((line) => !expected.includes(line)).map((line) => `too much: ${line}`),
    ...expected.filter((line) => !found.includes(line)).map((line) => `missing: ${line}`),
    ...twice.map(([line]) => `twice: ${line}`),
  ].join('\n');
}

/** Sizes and limits of workloads are those of the objects that want them. */
async function expectWantedSpecs(): Promise<void> {
  const owned = await ownedObjects(cluster);
  for (const plural of ['brokers', 'meshsyncs'] as const) {
    for (const { metadata, spec } of await cluster.all(plural)) {
      const kind = plural === 'brokers' ? 'StatefulSet' : 'Deployment';
      const workload = owned.find((found) => found.kind === kind && found.line.endsWith(metadata.uid))?.object.spec;
      expect(workload?.['replicas']).toBe(spec?.['size'] ?? 1);
      const { limits } = (spec?.['resources'] ?? {}) as { limits?: { memory: string } };
      if (limits !== undefined) expect(JSON.stringify(workload)).toContain(`"memory":"${limits.memory}"`);
    }
  }
}
