import { type OperatorProcess, SeededRandom, waitUntil } from '@meshery/testing';
import { ManagedCluster } from '../support/managed-cluster.ts';
import { type Found, expectedObjects, ownedObjects } from '../support/owned-oracle.ts';
import { countBy } from '../support/write-log.ts';

const EDITS = 200;
const DAMAGES = 100;

let cluster: ManagedCluster;
let operator: OperatorProcess;

beforeAll(async () => {
  cluster = await ManagedCluster.start();
  operator = await cluster.startOperator();
}, 300_000);

afterAll(async () => {
  await operator.stop();
  await cluster.stop();
});

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

test('a Broker edited 200 times while it is reconciled ends as the last edit wants it', async () => {
  await cluster.create('brokers', 'edited', {});
  await cluster.settled();
  const before = cluster.writeLog.read().length;
  let edits = 0;
  for (let index = 1; index <= EDITS; index += 1) {
    const memory = `${String(100 + index)}Mi`;
    const spec = { resources: { limits: { memory } }, logLevel: index % 2 === 0 ? 'debug' : 'info' };
    const { metadata } = await cluster.change('brokers', 'edited', { spec });
    expect(metadata.generation).toBe(index + 1);
    edits += 1;
  }
  await cluster.settled();
  expect((await cluster.read('brokers', 'edited')).status?.observedGeneration).toBe(EDITS + 1);
  const found = await ownedObjects(cluster);
  const servers = found.find(({ kind }) => kind === 'StatefulSet');
  expect(JSON.stringify(servers?.object.spec)).toContain(`"memory":"${String(100 + EDITS)}Mi"`);
  const writes = cluster.writeLog.read().slice(before);
  const counts = countBy(writes, ({ resource, object }) => `${resource} ${object}`);
  process.stdout.write(`edits: ${String(edits)}; writes: ${JSON.stringify(counts)}\n`);
  // Nothing else depends on what was edited, and no state of it was written twice.
  expect(Object.keys(counts).toSorted()).toEqual([
    'brokers/status default/edited',
    'secrets default/edited-nats-config',
    'statefulsets default/edited-nats',
  ]);
  for (const count of Object.values(counts)) expect(count).toBeLessThanOrEqual(2 * EDITS);
  expect(counts['statefulsets default/edited-nats']).toBeLessThanOrEqual(EDITS);
  expect(counts['secrets default/edited-nats-config']).toBeLessThanOrEqual(EDITS);
  // A status that was decided on before the newest edit is refused, and nothing else is.
  const refused = writes.filter(({ status }) => status > 299).map(({ resource, status }) => `${resource} ${status}`);
  expect(refused.filter((what) => what !== 'brokers/status 409')).toEqual([]);
  await cluster.quiet();
}, 600_000);

/** Ways in which somebody else spoils an object that is not theirs. */
const damages: Readonly<Record<string, (found: Found) => Promise<unknown>>> = {
  delete: ({ path }) => cluster.admin.delete(path),
  unlabel: ({ path }) => cluster.admin.patch(path, { metadata: { labels: null } }),
  disown: ({ path }) => cluster.admin.patch(path, { metadata: { ownerReferences: null, annotations: null } }),
  edit: (found) => cluster.admin.patch(found.path, editOf(found)),
};

const edits: Readonly<Record<string, object>> = {
  Service: { spec: { selector: { nobody: 'has-it' } } },
  StatefulSet: { spec: { replicas: 0 } },
  Deployment: { spec: { replicas: 0, template: { spec: { terminationGracePeriodSeconds: 1 } } } },
  PodDisruptionBudget: { spec: { maxUnavailable: 7 } },
  NetworkPolicy: { spec: { ingress: [{}] } },
  Role: { rules: [] },
  RoleBinding: { subjects: [] },
  ClusterRoleBinding: { subjects: [] },
};

const spoilt = Buffer.from('spoilt').toString('base64');

function editOf({ kind, object }: Found): object {
  if (kind === 'Secret')
    return { data: Object.fromEntries(Object.keys(object.data ?? {}).map((key) => [key, spoilt])) };
  return edits[kind] ?? { metadata: { labels: { 'app.kubernetes.io/part-of': 'others' } } };
}

test('owned objects that others delete and edit 100 times come back as they were', async () => {
  for (const name of ['one', 'two', 'three']) {
    await cluster.create('brokers', name, {});
    await cluster.create('meshsyncs', name, { broker: { native: { name } } });
  }
  await cluster.settled();
  const good = await contents();
  const random = new SeededRandom(9);
  const done: Record<string, number> = {};
  for (let index = 0; index < DAMAGES; index += 1) {
    const victim = random.pick(await ownedObjects(cluster));
    const [name, damage] = random.pick(Object.entries(damages));
    await damage(victim);
    done[name] = (done[name] ?? 0) + 1;
    await sleep(random.between(0, 100));
  }
  process.stdout.write(`damages: ${JSON.stringify(done)}\n`);
  expect(Object.values(done).reduce((sum, count) => sum + count, 0)).toBe(DAMAGES);
  const explain = (): Promise<string> => differences(good);
  await waitUntil({ what: 'everything being as it was', timeoutMs: 60_000, explain }, async () => {
    return (await differences(good)) === '';
  });
  expect((await ownedObjects(cluster)).map(({ line }) => line).toSorted()).toEqual(await expectedObjects(cluster));
  await cluster.settled();
  for (const name of ['one', 'two', 'three']) await expectOneCredential(name);
  await cluster.quiet();
}, 600_000);

/** What the servers know, what agents get and what an agent has is the same, at once. */
async function expectOneCredential(name: string): Promise<void> {
  await waitUntil({ what: `one credential of ${name}`, timeoutMs: 60_000 }, async () => {
    const token = (await cluster.secret(`${name}-nats-auth`, 'token')) ?? 'none';
    const known = (await cluster.secret(`${name}-nats-config`, 'nats.conf'))?.includes(token.split(':')[1] ?? 'none');
    return known === true && (await cluster.secret(`${name}-broker`, 'token')) === token;
  });
}

/** What counts of each owned object: all but what the API server keeps in it, and what is made anew when it is lost. */
async function contents(): Promise<ReadonlyMap<string, string>> {
  const found = await ownedObjects(cluster);
  const text = (object: object): string => JSON.stringify(meaningOf(object)).replace(/\b10\.96\.\d+\.\d+\b/g, 'IP');
  return new Map(found.map(({ line, object }) => [line, text(object)]));
}

const volatile = new Set(['status', 'managedFields', 'resourceVersion', 'generation', 'uid', 'creationTimestamp']);
const assigned = new Set(['clusterIP', 'clusterIPs', 'meshery.io/applied', 'nodePort']);

function meaningOf(value: unknown, of = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => meaningOf(item));
  if (of === 'data') return Object.entries(value as object).map(([key, text]) => (text === spoilt ? 'spoilt' : key));
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => !volatile.has(key) && !assigned.has(key));
  const sorted = kept.toSorted(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(sorted.map(([key, inner]) => [key, meaningOf(inner, key)]));
}

async function differences(good: ReadonlyMap<string, string>): Promise<string> {
  const now = await contents();
  const keys = [...new Set([...good.keys(), ...now.keys()])];
  const differing = keys.filter((key) => good.get(key) !== now.get(key));
  return differing.map((key) => `${key}\n  was ${good.get(key) ?? '-'}\n  is  ${now.get(key) ?? '-'}`).join('\n');
}
