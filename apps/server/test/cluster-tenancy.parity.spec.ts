import { status } from '@grpc/grpc-js';
import { inventoryServiceDefinition } from '@meshery/contracts/grpc';
import { subscribe, waitUntil } from '@meshery/testing';
import type { SentEvent } from '@meshery/testing';
import { ClusterLinks } from '../src/connections/cluster-links.ts';
import { Caller } from './caller.ts';
import type { Answer } from './caller.ts';
import { Feed } from './feed.ts';
import { askGraphql, followGraphql } from './graphql-caller.ts';
import { GrpcCaller } from './grpc-caller.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

const path = '/api/system/meshsync/resources';
const connections = '/api/integrations/connections';
const everything = `clusterIds=${encodeURIComponent('["all"]')}&pagesize=100`;
const selector = { clusterIds: [], kinds: [], namespaces: [], apiVersions: [], labels: {}, search: '' };

let server: TestServer;
let owner: Caller;
let stranger: Caller;
let grpc: GrpcCaller;
let theirs: Feed;
let nobodys: Feed;
beforeAll(async () => {
  server = await startTestServer({ env: { MESHERY_HEARTBEAT_MS: '100' } });
  owner = Caller.owner(server);
  stranger = await Caller.signUp(server, 'otto', 'admin', 'own');
  grpc = await GrpcCaller.open(server);
  for (const id of ['ours', 'theirs', 'shared']) {
    for (const who of [owner, stranger]) {
      if (id === 'shared' || (id === 'ours') === (who === owner)) await connect(who, id);
    }
  }
  theirs = await fed('theirs');
  nobodys = await fed('nobodys');
  await fed('ours');
  await fed('shared');
}, 60_000);
afterAll(async () => {
  grpc.client.close();
  await server.stop();
});

/** A connection of somebody, which discovery found to lead to a cluster. */
async function connect(who: Caller, clusterId: string): Promise<string> {
  const { organizationId } = who;
  const draft = { name: clusterId, kind: 'kubernetes', status: 'discovered', organizationId };
  const { body } = await who.post(connections, draft);
  server.service.app.get(ClusterLinks).learn(body.id as string, clusterId);
  return body.id as string;
}

async function fed(clusterId: string): Promise<Feed> {
  const feed = new Feed(server.store, clusterId);
  await feed.open();
  await feed.upsert({ name: clusterId, namespace: clusterId, uid: `uid-${clusterId}` });
  return feed;
}

/** An answer without the id of its request. */
async function told(asked: Promise<Answer>): Promise<Answer> {
  const answer = await asked;
  return JSON.parse(JSON.stringify(answer, (key, value: unknown) => (key === 'requestId' ? '' : value))) as Answer;
}

const names = (rows: readonly { readonly name: string }[]): string[] => rows.map(({ name }) => name).sort();
const seen = [
  ['owner', ['nobodys', 'ours', 'shared']],
  ['stranger', ['shared', 'theirs']],
] as const;
const callerOf = (name: (typeof seen)[number][0]): Caller => (name === 'owner' ? owner : stranger);

describe.each(seen)('the %s sees the clusters of the own organization alone', (name, expected) => {
  const hidden = name === 'owner' ? 'theirs' : 'ours';

  test('over REST', async () => {
    const who = callerOf(name);
    const listed = (await who.get(`${path}?${everything}`)).body;
    expect(names(listed.resources.map(({ metadata }: { metadata: { name: string } }) => metadata))).toEqual(expected);
    expect(listed.totalCount).toBe(expected.length);
    const one = `clusterIds=${encodeURIComponent(JSON.stringify([hidden, 'shared']))}`;
    expect((await who.get(`${path}?${one}`)).body.totalCount).toBe(1);
    const exported = (await who.get(`${path}?format=kubernetes&clusterIds=${encodeURIComponent('["all"]')}`)).body;
    expect(exported.items).toHaveLength(expected.length);
    expect((await who.get(`${path}/summary?clusterId=all`)).body.namespaces).toEqual(expected);
    expect(await told(who.get(`${path}/uid-${hidden}`))).toEqual(await told(who.get(`${path}/uid-nothing`)));
    expect((await who.get(`${path}/uid-shared`)).status).toBe(200);
    const ids = (rows: readonly { id: string }[]): string[] => rows.map(({ id }) => id).sort();
    expect(ids((await who.get('/api/system/clusters')).body.clusters)).toEqual(expected);
    const { k8sConfig } = (await who.get('/api/system/sync')).body;
    expect(k8sConfig.map(({ clusterId }: { clusterId: string }) => clusterId).sort()).toEqual(expected);
  });

  test('over GraphQL', async () => {
    const query = `{ resources(filter: { clusterIds: ["all"] }) { totalCount resources { name } }
      hidden: resource(id: "uid-${hidden}") { name } both: resource(id: "uid-shared") { name }
      clusterSummary(filter: { clusterIds: ["all"] }) { namespaces } clusters { id }
      getAvailableNamespaces { namespace } }`;
    const { data } = await askGraphql(callerOf(name), query);
    expect(data).toMatchObject({
      resources: { totalCount: expected.length },
      hidden: null,
      both: { name: 'shared' },
      clusterSummary: { namespaces: expected },
      getAvailableNamespaces: expected.map((namespace) => ({ namespace })),
    });
  });

  test('over gRPC', async () => {
    const request = { selector, pageSize: 0, pageToken: '', withJson: false };
    const { response } = await grpc.call(inventoryServiceDefinition.list, request, callerOf(name));
    expect(names(response?.objects ?? [])).toEqual(expected);
    const get = (id: string) => grpc.call(inventoryServiceDefinition.get, { id }, callerOf(name));
    expect(await get(`uid-${hidden}`)).toEqual({ code: status.NOT_FOUND, meshery: 'meshery-core-1002' });
    expect((await get('uid-shared')).code).toBe(status.OK);
  });
});

test('nobody removes a row, or resyncs a cluster, of others: both are answered as what is unknown', async () => {
  const unknown = await told(stranger.delete(`${path}/uid-nothing`));
  expect([unknown.status, await told(stranger.delete(`${path}/uid-ours`))]).toEqual([404, unknown]);
  expect((await owner.get(`${path}/uid-ours`)).status).toBe(200);
  const resync = async (who: Caller, id: string) => {
    const call = `{ resyncCluster(connectionID: "${id}", selector: { clearDB: "false", ReSync: "true", hardReset: "false" }) }`;
    return (await askGraphql(who, call)).errors?.[0];
  };
  const [hidden, missing] = [await resync(stranger, 'ours'), await resync(stranger, 'nothing')];
  expect(hidden?.extensions.mesheryCode).toBe('meshery-core-1008');
  expect(hidden?.message).toBe(missing?.message);
  expect((await stranger.delete(`${path}/uid-theirs`)).status).toBe(204);
  await theirs.upsert({ name: 'theirs', namespace: 'theirs', uid: 'uid-theirs' });
});

/** Follows all changes on every way that there is; what each heard, as names of objects or the type of the change. */
async function follow(who: Caller) {
  const sse: SentEvent[] = [];
  const stream = await subscribe(`${server.url}${path}/subscribe?${everything}`, who.headers, (e) => sse.push(e));
  const query = 'subscription { resourceChanges(filter: { clusterIds: ["all"] }) { type resource { name } } }';
  const graphql = followGraphql(server, who, { query });
  const watch = grpc.stream(inventoryServiceDefinition.watch, { selector, since: 0, withJson: false }, who);
  const nameOf = ({ event, data }: SentEvent): string[] => {
    if (event === 'reset' || event === 'cluster') return event === 'reset' ? ['reset'] : [];
    return [(JSON.parse(data) as { metadata: { name: string } }).metadata.name];
  };
  const heard = (): Record<string, string[]> => ({
    sse: sse.flatMap(nameOf),
    graphql: graphql.heard.map(({ resourceChanges }) => {
      const { type, resource } = resourceChanges as { type: string; resource?: { name: string } };
      return resource?.name ?? type;
    }),
    grpc: watch.messages.map(({ change }) => (change?.$case === 'reset' ? 'reset' : (change?.value.name ?? ''))),
  });
  const until = (name: string) =>
    waitUntil({ what: `${name} on every way`, timeoutMs: 60_000, everyMs: 20 }, () =>
      Object.values(heard()).every((all) => all.includes(name)),
    );
  const clusters = () => sse.filter(({ event }) => event === 'cluster').map(({ data }) => data);
  const close = async () => {
    stream.close();
    watch.call.cancel();
    await graphql.close();
  };
  return { heard, until, clusters, close };
}

test('streams tell what their user may see, and that it changed', async () => {
  const streams = [await follow(owner), await follow(stranger)] as const;
  const [mine, other] = streams;
  // Subscriptions begin at some moment after they were asked for: repeated until each of them hears.
  let round = 0;
  await waitUntil({ what: 'every stream to be live', timeoutMs: 60_000, everyMs: 100 }, async () => {
    round += 1;
    await nobodys.upsert({ name: `first-${String(round)}` });
    await theirs.upsert({ name: `second-${String(round)}` });
    return streams.every(({ heard }) => Object.values(heard()).every(({ length }) => length > 0));
  });
  expect(JSON.stringify(mine.heard())).not.toContain('second');
  expect(JSON.stringify(other.heard())).not.toContain('first');
  expect(JSON.stringify(other.clusters())).not.toContain('nobodys');

  const id = await connect(stranger, 'nobodys');
  await mine.until('reset');
  await other.until('reset');
  await nobodys.upsert({ name: 'third' });
  await other.until('third');
  expect(JSON.stringify(mine.heard())).not.toContain('third');
  expect((await stranger.get(`${path}/uid-nobodys`)).status).toBe(200);
  expect((await owner.get(`${path}/uid-nobodys`)).status).toBe(404);

  await stranger.delete(`${connections}/${id}`);
  expect((await owner.get(`${path}/uid-nobodys`)).status).toBe(200);
  expect((await stranger.get(`${path}/uid-nobodys`)).status).toBe(404);
  await waitUntil({ what: 'the old scope', timeoutMs: 60_000, everyMs: 50 }, async () => {
    round += 1;
    await nobodys.upsert({ name: `fourth-${String(round)}` });
    return Object.values(mine.heard()).every((all) => all.at(-1)?.startsWith('fourth'));
  });
  for (const { close } of streams) await close();
});
