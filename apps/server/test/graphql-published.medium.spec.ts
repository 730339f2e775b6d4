import { waitUntil } from '@meshery/testing';
import { createClient } from 'graphql-ws';
import type { Client } from 'graphql-ws';
import WebSocket from 'ws';
import { RefusalLog } from '../src/audit/refusal-log.ts';
import { ClusterLinks } from '../src/connections/cluster-links.ts';
import { publishedFields } from '../src/graphql/published/published-fields.ts';
import { Caller } from './caller.ts';
import { Feed } from './feed.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

/** The operations of published clients: each as such a client sends it, with the older and the newer arguments. */

const path = '/api/system/graphql/query';
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

interface Failed {
  readonly path?: readonly string[];
  readonly extensions: { readonly code: string; readonly mesheryCode: string; readonly remedy?: string };
}

interface Reply {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly Failed[];
}

async function ask(query: string, variables: object = {}, who = owner): Promise<Reply> {
  return (await who.post(path, { query, variables })).body as Reply;
}

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
    await waitUntil({ what: 'the cluster being noted', timeoutMs: 5000 }, async () => {
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

  test('a connection that is missing, unknown, or two different ones are refused with their codes', async () => {
    const codes = async (call: string) => (await ask(`{ ${call} }`)).errors?.[0]?.extensions.mesheryCode;
    expect(await codes('getNatsStatus { name }')).toBe('meshery-core-1001');
    expect(await codes('getNatsStatus(k8scontextID: "a", connectionID: "b") { name }')).toBe('meshery-core-1001');
    expect(await codes('getNatsStatus(connectionID: "nothing") { name }')).toBe('meshery-core-1002');
    const many = JSON.stringify(Array.from({ length: 51 }, (_none, at) => String(at)));
    expect(await codes(`getAvailableNamespaces(connectionIDs: ${many}) { namespace }`)).toBe('meshery-core-1001');
  });
});

describe('what this server does not answer yet', () => {
  test.each([
    ['query', 'fetchPatterns(selector: { page: "0", pageSize: "10" }) { total_count }'],
    ['query', 'getMeshModelSummary(selector: { type: "components" }) { components { name count } }'],
    ['query', 'getKubectlDescribe(name: "a", kind: "Pod", namespace: "b") { describe }'],
    ['query', 'deployMeshsync(k8scontextID: "x")'],
    ['mutation', 'changeOperatorStatus(input: { targetStatus: ENABLED, contextID: "x" })'],
    ['mutation', 'changeAdapterStatus(input: { targetStatus: ENABLED, targetPort: "1", adapter: "x" })'],
  ])('is refused with a code and a remedy: %s %s', async (kind, call) => {
    const { errors } = await ask(`${kind} { ${call} }`);
    expect(errors?.[0]?.extensions).toMatchObject({
      code: 'NOT_IMPLEMENTED',
      mesheryCode: 'meshery-core-1009',
      remedy: expect.stringMatching(/\w/) as string,
    });
  });

  test('a viewer learns that mutations need another role, before anything else', async () => {
    const call = 'mutation { changeOperatorStatus(input: { targetStatus: ENABLED, contextID: "x" }) }';
    expect((await ask(call, {}, viewer)).errors?.[0]?.extensions.mesheryCode).toBe('meshery-auth-1202');
  });
});

type Values = Record<string, unknown>[];

/** Follows a subscription with the client of the protocol; what it heard, and how it ended. */
function follow(query: string, variables: object = {}, who = owner) {
  class Socket extends WebSocket {
    constructor(address: string, protocols?: string | string[]) {
      super(address, protocols, { headers: who.headers });
    }
  }
  const url = server.url.replace('http', 'ws') + path;
  const client: Client = createClient({ url, webSocketImpl: Socket, retryAttempts: 0 });
  const heard: Values = [];
  const errors: Failed[] = [];
  let isOver = false;
  const end = (): void => {
    isOver = true;
  };
  const stop = client.subscribe(
    { query: `subscription${query}`, variables: { ...variables } },
    {
      next: (result) => {
        if (result.data) heard.push(result.data);
        errors.push(...((result.errors ?? []) as unknown as Failed[]));
      },
      error: end,
      complete: end,
    },
  );
  const until = (what: string, holds: () => boolean): Promise<unknown> =>
    waitUntil({ what, timeoutMs: 10_000, everyMs: 10 }, holds);
  return { heard, errors, stop, until, isOver: () => isOver, close: () => client.dispose() };
}

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
    await waitUntil({ what: 'a change', timeoutMs: 10_000 }, async () => {
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
    await waitUntil({ what: 'both to hear', timeoutMs: 10_000 }, async () => {
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

  test('what is not there yet, and what is asked wrongly, ends with a code', async () => {
    for (const [call, code] of [
      [
        'subscribeConfiguration(applicationSelector: $p, patternSelector: $p, filterSelector: $p) { patterns { page } }',
      ],
      ['subscribeK8sContext(selector: $p) { total_count }', 'meshery-core-1001'],
    ]) {
      const stream = follow(`($p: PageFilter!) { ${String(call)} }`, { p: { page: '-1', pageSize: '10' } });
      await stream.until('the end', () => stream.errors.length > 0);
      expect(stream.errors[0]?.extensions.mesheryCode).toBe(code ?? 'meshery-core-1009');
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
    const { status, body } = await owner.get(`${path}?query=${encodeURIComponent(call(false, true))}`);
    expect([status, (body as Reply).errors?.[0]?.extensions.mesheryCode]).toEqual([400, 'meshery-core-1001']);
    const { data } = await ask('{ getAvailableNamespaces { namespace } }');
    expect(data?.['getAvailableNamespaces']).not.toEqual([]);
  });

  test('says what it cannot do yet, and what was not asked', async () => {
    expect((await ask(call(true, false))).errors?.[0]?.extensions.mesheryCode).toBe('meshery-core-1009');
    expect((await ask('{ resyncCluster }')).errors?.[0]?.extensions.mesheryCode).toBe('meshery-core-1001');
  });

  test('empties the cache of discovered objects', async () => {
    expect(await ask(call(false, true))).toEqual({ data: { resyncCluster: 'PROCESSING' } });
    expect((await ask('{ getAvailableNamespaces { namespace } }')).data).toEqual({ getAvailableNamespaces: [] });
  });
});

test('every operation of published clients is in the schema', async () => {
  const query = '{ __schema { queryType { ...f } mutationType { ...f } subscriptionType { ...f } } }';
  const { data } = await ask(`${query} fragment f on __Type { fields { name } }`);
  const types = Object.values(data?.['__schema'] as Record<string, { fields: { name: string }[] }>);
  const served = types.flatMap(({ fields }) => fields.map(({ name }) => name));
  const published = [...publishedFields.matchAll(/^ {2}(\w+)/gm)].flatMap(([, name]) => name ?? []);
  expect(published).toHaveLength(21 + 2 + 15);
  expect(served).toEqual(expect.arrayContaining(published));
});
