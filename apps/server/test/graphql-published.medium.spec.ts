import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { componentDraft, modelDraft, parseRecord, relationshipDraft } from '@meshery/object-model';
import type { ComponentDraft } from '@meshery/object-model';
import { waitUntil } from '@meshery/testing';
import { RefusalLog } from '../src/audit/refusal-log.ts';
import { ClusterLinks } from '../src/connections/cluster-links.ts';
import { PUBLISHED_OPERATIONS } from '../src/graphql/published/published.module.ts';
import type { PublishedOperations } from '../src/graphql/published/with-published.ts';
import { RegistryWriter } from '../src/registry/registry-writer.ts';
import { Caller } from './caller.ts';
import { Feed } from './feed.ts';
import { askGraphql, followGraphql, graphqlPath } from './graphql-caller.ts';
import type { Reply } from './graphql-caller.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

/** The operations of published clients: each as such a client sends it, with the older and the newer arguments. */

const cluster = 'fed-cluster';
const env = { MESHERY_CONTROLLERS_POLL_MS: '50', MESHERY_HEARTBEAT_MS: '100' };

let server: TestServer;
let owner: Caller;
let viewer: Caller;
let feed: Feed;
beforeAll(async () => {
  server = await startTestServer({ env });
  owner = Caller.owner(server);
  viewer = await Caller.signUp(server, 'viewer', 'viewer');
  feed = new Feed(server.store, cluster);
  await feed.open();
  await feed.upsert(
    {
      ...{ name: 'meshery-operator', kind: 'Deployment', apiVersion: 'apps/v1' },
      spec: '{"template":{"spec":{"containers":[{"image":"op:7"}]}}}',
      status: '{"readyReplicas":1}',
    },
    { ...broker, status: '{"endpoint":{"external":"192.0.2.7:4222","internal":"10.0.0.7:4222"}}' },
    {
      ...{ name: 'meshery-meshsync', kind: 'MeshSync', apiVersion: 'meshery.io/v1alpha1' },
      status: '{"publishing-to":"10.0.0.7:4222","version":"0.8.0"}',
    },
    { name: 'cart', namespace: 'shop' },
  );
});
afterAll(async () => {
  await server.stop();
});

const broker = { name: 'meshery-broker', kind: 'Broker', apiVersion: 'meshery.io/v1alpha1' };

const ask = (query: string, variables: object = {}, who = owner): Promise<Reply> => askGraphql(who, query, variables);
const follow = (query: string, variables: object = {}, who = owner) =>
  followGraphql(server, who, { query: `subscription${query}`, variables });

describe('queries', () => {
  const spellings = [
    ['k8scontextID', '$id: String!'],
    ['connectionID', '$id: String'],
  ] as const;

  test.each(spellings)('getOperatorStatus takes %s', async (argument, variable) => {
    const query = `query(${variable}) { getOperatorStatus(${argument}: $id) {
      status version contextID connectionID error { code } controllers { name version status contextID } } }`;
    const contextID = cluster;
    expect(await ask(query, { id: cluster })).toEqual({
      data: {
        getOperatorStatus: {
          ...{ status: 'ENABLED', version: '7', contextID, connectionID: cluster, error: null },
          controllers: [
            { name: 'MesheryBroker', version: '', status: 'Connected 192.0.2.7:4222', contextID },
            { name: 'MeshSync', version: '0.8.0', status: 'Connected 10.0.0.7:4222', contextID },
          ],
        },
      },
    });
  });

  test.each(spellings)('getMeshsyncStatus and getNatsStatus take %s', async (argument, variable) => {
    const fields = '{ name version status contextID error { code description } }';
    const query = `query(${variable}) { sync: getMeshsyncStatus(${argument}: $id) ${fields}
      nats: getNatsStatus(${argument}: $id) ${fields} }`;
    expect((await ask(query, { id: cluster })).data).toEqual({
      sync: {
        ...{ name: 'MeshSync', version: '0.8.0', status: 'Connected 10.0.0.7:4222' },
        ...{ contextID: cluster, error: null },
      },
      nats: {
        ...{ name: 'MesheryBroker', version: '', status: 'Connected 192.0.2.7:4222' },
        ...{ contextID: cluster, error: null },
      },
    });
  });

  test('getAvailableNamespaces takes clusters, connections and nothing for all', async () => {
    const query = `query($ids: [String!]) { old: getAvailableNamespaces(k8sClusterIDs: $ids) { namespace }
      new: getAvailableNamespaces(connectionIDs: $ids) { namespace } all: getAvailableNamespaces { namespace }
      none: getAvailableNamespaces(connectionIDs: ["other"]) { namespace } }`;
    const both = [{ namespace: 'default' }, { namespace: 'shop' }];
    expect((await ask(query, { ids: [cluster] })).data).toEqual({ old: both, new: both, all: both, none: [] });
  });

  test('getClusterResources counts by kind, of a namespace or of all, and follows a connection to its cluster', async () => {
    const other = new Feed(server.store, 'fed-other');
    await other.open();
    await other.upsert({ name: 'o1', namespace: 'far' }, { name: 'o2', namespace: 'far' });
    const made = await owner.post('/api/integrations/connections', {
      ...{ name: 'fed', kind: 'kubernetes', status: 'discovered', organizationId: owner.organizationId },
    });
    const { id } = made.body as { id: string };
    server.service.app.get(ClusterLinks).learn(id, 'fed-other');
    await waitUntil({ what: 'the cluster being noted', timeoutMs: 60_000 }, async () => {
      const { metadata } = (await owner.get(`/api/integrations/connections/${id}`)).body as { metadata: object };
      return 'kubernetesServerId' in metadata;
    });
    const query = `query($id: String!) {
      shop: getClusterResources(k8scontextIDs: ["${cluster}"], namespace: "shop") { resources { kind count } }
      all: getClusterResources(k8scontextIDs: ["${cluster}"], namespace: "") { resources { kind } }
      far: getClusterResources(connectionIDs: [$id], namespace: "") { resources { kind count } } }`;
    const { data } = await ask(query, { id });
    expect(data?.['shop']).toEqual({ resources: [{ kind: 'Pod', count: 1 }] });
    expect(data?.['far']).toEqual({ resources: [{ kind: 'Pod', count: 2 }] });
    const { resources } = data?.['all'] as { resources: { kind: string }[] };
    expect(resources.map(({ kind }) => kind).sort()).toEqual(['Broker', 'Deployment', 'MeshSync', 'Pod']);
    await owner.delete(`/api/integrations/connections/${id}`);
    await server.store.removeCluster('fed-other');
  });

  test('connectToNats tells how far the link to the broker is, to those who may write', async () => {
    const linked = async (who = owner) => ask(`{ connectToNats(k8scontextID: "${cluster}") }`, {}, who);
    expect((await linked()).data).toEqual({ connectToNats: 'CONNECTED' });
    expect((await linked(viewer)).errors?.[0]?.extensions.mesheryCode).toBe('meshery-auth-1202');
    const brokerless = new Feed(server.store, 'fed-brokerless');
    await brokerless.open();
    await brokerless.upsert({ name: 'alone' });
    const { data } = await ask('{ connectToNats(connectionID: "fed-brokerless") }');
    expect(data).toEqual({ connectToNats: 'DISABLED' });
    await server.store.removeCluster('fed-brokerless');
  });

  test('getKubectlDescribe tells in words what was discovered, by the exact name', async () => {
    await feed.upsert({ name: 'a-cart-2', namespace: 'pantry', kind: 'Deployment' });
    await feed.upsert({
      ...{ name: 'cart', namespace: 'pantry', kind: 'Deployment', apiVersion: 'apps/v1' },
      ...{ labels: { app: 'cart', tier: 'web' }, spec: '{"replicas":2,"template":{"ports":[{"port":80},"x"]}}' },
      status: '{"readyReplicas":1}',
    });
    const query = `query($name: String!) {
      getKubectlDescribe(name: $name, kind: "Deployment", namespace: "pantry") { describe ctxid } }`;
    const { data } = await ask(query, { name: 'cart' });
    const { describe: text, ctxid } = data?.['getKubectlDescribe'] as { describe: string; ctxid: string };
    expect(ctxid).toBe(cluster);
    expect(text.split('\n')).toEqual([
      'Name:         cart',
      'Namespace:    pantry',
      'Kind:         Deployment',
      'API version:  apps/v1',
      'Created:      2026-01-02T03:04:05Z',
      'UID:          uid-pantry-cart',
      'Labels:       app=cart',
      '              tier=web',
      'Annotations:  <none>',
      expect.stringMatching(/^Events: {7}kept by the cluster/),
      'Spec:',
      '  replicas: 2',
      '  template:',
      '    ports:',
      '      -',
      '        port: 80',
      '      - x',
      'Status:',
      '  readyReplicas: 1',
    ]);
    const missing = await ask(query, { name: 'art' });
    expect(missing.errors?.[0]?.extensions.mesheryCode).toBe('meshery-core-1002');
  });

  test('fetchTelemetryComponents finds Services of Prometheus and Grafana, of the clusters that are named', async () => {
    await feed.upsert(
      { name: 'prometheus-grafana', namespace: 'watch', kind: 'Service', spec: '{"ports":[{"port":3000}]}' },
      { name: 'Prometheus', namespace: 'watch', kind: 'Service', status: '{"loadBalancer":{}}' },
      { name: 'prometheus-0', namespace: 'watch' },
      { name: 'checkout', namespace: 'watch', kind: 'Service' },
    );
    const query = `query($of: [String!]) {
      older: fetchTelemetryComponents(contexts: $of) { name spec status }
      newer: fetchTelemetryComponents(connectionIDs: $of) { name }
      none: fetchTelemetryComponents(contexts: ["other"]) { name } }`;
    const { data } = await ask(query, { of: [cluster] });
    const older = [
      { name: 'Prometheus', spec: '{}', status: '{"loadBalancer":{}}' },
      { name: 'prometheus-grafana', spec: '{"ports":[{"port":3000}]}', status: '{}' },
    ];
    expect(data).toEqual({ older, newer: older.map(({ name }) => ({ name })), none: [] });
  });

  test('a connection that is missing, unknown, or two different ones are refused with their codes', async () => {
    const codes = async (call: string) => (await ask(`{ ${call} }`)).errors?.[0]?.extensions.mesheryCode;
    expect(await codes('getNatsStatus { name }')).toBe('meshery-core-1001');
    expect(await codes('getNatsStatus(k8scontextID: "a", connectionID: "b") { name }')).toBe('meshery-core-1001');
    expect(await codes('getNatsStatus(connectionID: "nothing") { name }')).toBe('meshery-core-1002');
    const many = JSON.stringify(Array.from({ length: 51 }, (_none, at) => String(at)));
    expect(await codes(`getAvailableNamespaces(connectionIDs: ${many}) { namespace }`)).toBe('meshery-core-1001');
  });
});

describe('the summary of the registry', () => {
  const registrant = { kind: 'github', name: 'hub', type: 'registry', subType: '' };
  const model = parseRecord(modelDraft, { name: 'shop', displayName: 'Shop', modelVersion: 'v1.0.0' }, 'model');
  const component = (kind: string, apiVersion: string) =>
    parseRecord(componentDraft, { kind, apiVersion, displayName: kind, schema: '{}' }, 'component');
  const register = (...components: ComponentDraft[]) =>
    server.service.app.get(RegistryWriter, { strict: false }).register({ registrant, model, components });
  const call = (type: string) =>
    `(selector: { type: "${type}" }) { components { name count } relationships { name count } }`;

  test('getMeshModelSummary counts definitions by kind', async () => {
    await register(component('Widget', 'a/v1'), component('Widget', 'a/v2'), component('Gadget', 'a/v1'));
    const { id: modelId } = (await server.userData.read((data) => data.models.find({ name: 'shop' }))) ?? { id: '' };
    const at = new Date().toISOString();
    const relationship = { kind: 'edge', type: 'binding', subType: 'mount' };
    const draft = parseRecord(relationshipDraft, relationship, 'relationship');
    await server.userData.change((data) =>
      data.relationships.insert({ ...draft, id: randomUUID(), modelId, digest: '', createdAt: at, updatedAt: at }),
    );
    const { data } = await ask(`{ of: getMeshModelSummary${call('components')}
      between: getMeshModelSummary${call('relationships')} }`);
    const components = [
      { name: 'Gadget', count: 1 },
      { name: 'Widget', count: 2 },
    ];
    const relationships = [{ name: 'edge', count: 1 }];
    expect(data).toEqual({
      of: { components, relationships: [] },
      between: { components: [], relationships },
    });
    const other = await ask(`{ getMeshModelSummary${call('designs')} }`);
    expect(other.errors?.[0]?.extensions.mesheryCode).toBe('meshery-core-1001');
  });

  test('subscribeMeshModelSummary tells it at first and when something is registered', async () => {
    const stream = follow(` { subscribeMeshModelSummary${call('components')} }`);
    const names = () =>
      (stream.heard.at(-1)?.['subscribeMeshModelSummary'] as { components: { name: string }[] }).components.map(
        ({ name }) => name,
      );
    await stream.until('the first summary', () => stream.heard.length > 0);
    expect(names()).not.toContain('Novelty');
    await register(component('Novelty', 'a/v1'));
    await stream.until('the new kind', () => names().includes('Novelty'));
    await stream.close();
  });
});

test('a viewer learns that mutations need another role, before anything else', async () => {
  const call = 'mutation { changeOperatorStatus(input: { targetStatus: ENABLED, contextID: "x" }) }';
  expect((await ask(call, {}, viewer)).errors?.[0]?.extensions.mesheryCode).toBe('meshery-auth-1202');
});

type Values = readonly Readonly<Record<string, unknown>>[];

describe('subscriptions', () => {
  test('subscribeMesheryControllersStatus tells everything at first and whenever it changes', async () => {
    const stream = follow(
      `($ids: [String!]) { subscribeMesheryControllersStatus(k8scontextIDs: $ids) {
        contextId connectionID controller status version } }`,
      { ids: [cluster] },
    );
    const rows = (at: number) => stream.heard[at]?.['subscribeMesheryControllersStatus'];
    const row = { contextId: cluster, connectionID: cluster };
    await stream.until('the first states', () => stream.heard.length > 0);
    expect(rows(0)).toEqual([
      { ...row, controller: 'OPERATOR', status: 'DEPLOYED', version: '7' },
      { ...row, controller: 'MESHSYNC', status: 'CONNECTED', version: '0.8.0' },
      { ...row, controller: 'BROKER', status: 'CONNECTED', version: '' },
    ]);
    await feed.remove(broker);
    await stream.until('the change', () => stream.heard.length > 1);
    expect(rows(1)).toContainEqual({ ...row, controller: 'BROKER', status: 'NOTDEPLOYED', version: '' });
    await feed.upsert({ ...broker, uid: 'another', status: '{"endpoint":{"external":"192.0.2.7:4222"}}' });
    await stream.until('the change back', () => stream.heard.length > 2);
    await stream.close();
  });

  test.each([
    [
      'listenToOperatorState',
      '(connectionIDs: ["fed-cluster"]) { contextID operatorStatus { status version } }',
      { contextID: cluster, operatorStatus: { status: 'ENABLED', version: '7' } },
    ],
    [
      'listenToMeshSyncEvents',
      '(k8scontextIDs: ["fed-cluster"]) { contextID OperatorControllerStatus { name status } }',
      { contextID: cluster, OperatorControllerStatus: { name: 'MeshSync', status: 'Connected 10.0.0.7:4222' } },
    ],
    ['subscribeBrokerConnection', '', true],
    [
      'subscribeClusterResources',
      '(connectionIDs: ["fed-cluster"], namespace: "shop") { resources { kind count } }',
      { resources: [{ kind: 'Pod', count: 1 }] },
    ],
  ])('%s tells what is so at first', async (name, call, value) => {
    const stream = follow(` { ${name}${call} }`);
    await stream.until('the first value', () => stream.heard.length > 0);
    expect(stream.heard[0]?.[name]).toEqual(value);
    await stream.close();
  });

  test('subscribeMeshSyncEvents tells what changes in the clusters that are named', async () => {
    const stream = follow(' { subscribeMeshSyncEvents(connectionIDs: ["fed-cluster"]) { type object contextId } }');
    let at = 0;
    await waitUntil({ what: 'a change', timeoutMs: 60_000 }, async () => {
      await feed.upsert({ name: 'volatile', spec: `{"at":${String((at += 1))}}` });
      return stream.heard.length > 0;
    });
    await feed.remove({ name: 'volatile' });
    const last = () => stream.heard.at(-1)?.['subscribeMeshSyncEvents'] as { type: string };
    await stream.until('the removal', () => last().type === 'DELETED');
    expect(stream.heard[0]?.['subscribeMeshSyncEvents']).toMatchObject({
      type: 'MODIFIED',
      contextId: cluster,
      object: { kind: 'Pod', metadata: { name: 'volatile' }, spec: {} },
    });
    await stream.close();
  });

  test('subscribeK8sContext tells the clusters of the user and no others, and when one comes', async () => {
    const query = ' { subscribeK8sContext(selector: { page: "0", pageSize: "50" }) { total_count contexts { name } } }';
    const stranger = await Caller.signUp(server, 'stranger', 'editor', 'own');
    const streams = [follow(query), follow(query, {}, stranger)] as const;
    const [mine, theirs] = streams;
    const page = ({ heard }: { heard: Values }) =>
      heard.at(-1)?.['subscribeK8sContext'] as { total_count: number; contexts: { name: string }[] } | undefined;
    for (const stream of streams) await stream.until('the first page', () => page(stream) !== undefined);
    await owner.post('/api/integrations/connections', {
      ...{ name: 'prod', kind: 'kubernetes', status: 'discovered', organizationId: owner.organizationId },
    });
    await mine.until('the new one', () => page(mine)?.contexts.some(({ name }) => name === 'prod') === true);
    expect(page(theirs)).toEqual({ total_count: 0, contexts: [] });
    for (const stream of streams) await stream.close();
  });

  test('subscribeEvents tells events to those who may see them', async () => {
    const query = ` { subscribeEvents { id userID actedUpon operationID systemID severity action status category
      description metadata createdAt updatedAt } }`;
    const stranger = await Caller.signUp(server, 'listener', 'editor', 'own');
    const [mine, theirs] = [follow(query), follow(query, {}, stranger)];
    const post = (who: Caller, description: string) =>
      who.post('/api/system/events', {
        ...{ category: 'test', action: 'view', description, organizationId: who.organizationId },
      });
    await waitUntil({ what: 'both to hear', timeoutMs: 60_000 }, async () => {
      await post(owner, 'of the owner');
      await post(stranger, 'of the stranger');
      return mine.heard.length > 0 && theirs.heard.length > 0;
    });
    expect(mine.heard[0]?.['subscribeEvents']).toMatchObject({
      ...{ userID: owner.id, category: 'test', action: 'view', description: 'of the owner', status: 'unread' },
    });
    expect(JSON.stringify(mine.heard)).not.toContain('of the stranger');
    expect(JSON.stringify(theirs.heard)).not.toContain('of the owner');
    await mine.close();
    await theirs.close();
  });

  test('what is asked wrongly ends with a code', async () => {
    for (const call of [
      'subscribeConfiguration(applicationSelector: $p, patternSelector: $p, filterSelector: $p) { patterns { page } }',
      'subscribeK8sContext(selector: $p) { total_count }',
    ]) {
      const stream = follow(`($p: PageFilter!) { ${call} }`, { p: { page: '-1', pageSize: '10' } });
      await stream.until('the end', () => stream.errors.length > 0);
      expect(stream.errors[0]?.extensions.mesheryCode).toBe('meshery-core-1001');
      await stream.close();
    }
  });

  test('end when the user signs out, with a code', async () => {
    const { token } = (await owner.get('/api/user/token')).body as { token: string };
    const leaving = new Caller(server, token, owner);
    const stream = follow(' { subscribeBrokerConnection }', {}, leaving);
    await stream.until('the first value', () => stream.heard.length > 0);
    await leaving.post('/api/user/logout');
    await stream.until('the end', () => stream.errors.length > 0);
    expect(stream.errors[0]?.extensions.mesheryCode).toBe('meshery-auth-1201');
    await stream.close();
  });
});

describe('resyncCluster', () => {
  const call = (clearDB: boolean, hardReset: boolean) =>
    `{ resyncCluster(selector: { clearDB: "${String(clearDB)}", ReSync: "false", hardReset: "${String(hardReset)}" },
      k8scontextID: "x") }`;

  test('is for administrators, and leaves a line in the audit log for others', async () => {
    const query = `{ canary4716: ${call(false, true).slice(1)}`;
    expect((await ask(query, {}, viewer)).errors?.[0]?.extensions.mesheryCode).toBe('meshery-auth-1202');
    await server.service.app.get(RefusalLog, { strict: false }).settled();
    const lines = await server.userData.read((data) => data.audit.after(0, 1000));
    const refused = { action: 'GraphQL resyncCluster', reason: 'meshery-auth-1202', decision: 'refused' };
    expect(lines.filter(({ userId }) => userId === viewer.id).at(-1)).toMatchObject(refused);
    expect(JSON.stringify(lines)).not.toContain('canary4716');
  });

  test('is refused over GET, which any link can make a browser send', async () => {
    const { status, body } = await owner.get(`${graphqlPath}?query=${encodeURIComponent(call(false, true))}`);
    expect([status, (body as Reply).errors?.[0]?.extensions.mesheryCode]).toEqual([400, 'meshery-core-1001']);
    const { data } = await ask('{ getAvailableNamespaces { namespace } }');
    expect(data?.['getAvailableNamespaces']).not.toEqual([]);
  });

  test('says who is not there to do it, and what was not asked', async () => {
    expect((await ask(call(true, false))).errors?.[0]?.extensions.mesheryCode).toBe('meshery-core-1008');
    expect((await ask('{ resyncCluster }')).errors?.[0]?.extensions.mesheryCode).toBe('meshery-core-1001');
    for (const connection of ['', ', connectionID: "all"']) {
      const query = `{ resyncCluster(selector: { clearDB: "false", ReSync: "true", hardReset: "false" }${connection}) }`;
      expect((await ask(query)).errors?.[0]?.extensions.mesheryCode).toBe('meshery-core-1001');
    }
  });

  test('empties the cache of discovered objects', async () => {
    expect(await ask(call(false, true))).toEqual({ data: { resyncCluster: 'PROCESSING' } });
    expect((await ask('{ getAvailableNamespaces { namespace } }')).data).toEqual({ getAvailableNamespaces: [] });
  });
});

test('the schema has every operation of published clients, and answers those that are listed as proven', async () => {
  const file = new URL('../../../tools/parity/graphql-operations.json', import.meta.url);
  const { operations } = JSON.parse(await readFile(file, 'utf8')) as { operations: { name: string; open?: string }[] };
  const query = '{ __schema { queryType { ...f } mutationType { ...f } subscriptionType { ...f } } }';
  const { data } = await ask(`${query} fragment f on __Type { fields { name } }`);
  const types = Object.entries(data?.['__schema'] as Record<string, { fields: { name: string }[] }>);
  const served = types.flatMap(([kind, { fields }]) => fields.map(({ name }) => `${kind.replace('Type', '')} ${name}`));
  expect(served).toEqual(expect.arrayContaining(operations.map(({ name }) => name)));
  const { answers, follows } = server.service.app.get<PublishedOperations>(PUBLISHED_OPERATIONS, { strict: false });
  const proven = operations.flatMap(({ name, open }) => (open === undefined ? name.split(' ').slice(1) : []));
  expect(proven.sort()).toEqual([...Object.keys(answers), ...Object.keys(follows)].sort());
});
