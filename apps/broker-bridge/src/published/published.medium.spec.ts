import { encodeResourceEvent, publishedSubjects, toKubernetesResource } from '@meshery/contracts';
import { waitUntil } from '@meshery/testing';
import type { BrokerMessage, NatsBroker } from '@meshery/messaging';
import type { Bridge } from '../bridge.ts';
import { BridgeUnderTest, clusterId, ready } from '../testing/bridge-under-test.ts';

const never = new AbortController().signal;

let parts: BridgeUnderTest;
let bridge: Bridge | undefined;
beforeEach(async () => {
  parts = await BridgeUnderTest.start();
});
afterEach(async () => {
  await parts.stop();
});

/** Starts a bridge and gives what it asks its agent: it asks after it subscribed, so what is published then is heard. */
async function startListening(client: NatsBroker): Promise<readonly string[]> {
  const asked: string[] = [];
  const stop = new AbortController();
  const onRequest = (message: BrokerMessage) => void asked.push(Buffer.from(message.data).toString());
  client.subscribe(publishedSubjects.request, onRequest, { signal: stop.signal });
  await client.flush();
  bridge = parts.startBridge();
  await waitUntil({ what: 'the requests', timeoutMs: 60_000 }, () => asked.length >= 2);
  await ready(bridge);
  stop.abort();
  return asked;
}

describe('a published agent', () => {
  const objectText = (name: string, version: string) =>
    `{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"${name}","namespace":"shop","uid":"u-${name}","resourceVersion":"${version}","labels":{"app":"${name}"}},"spec":{"replicas":9007199254740993}}`;
  const event = (type: 'ADDED' | 'MODIFIED' | 'DELETED', name: string, version: string) =>
    encodeResourceEvent(type, toKubernetesResource(objectText(name, version), clusterId));

  test('is asked for everything, and its objects are stored, changed and deleted', async () => {
    const client = await parts.plainClient();
    const asked = await startListening(client);
    expect(asked[0]).toBe(
      '{"ObjectType":"request-payload","EventType":"","Request":{"Entity":"resync-discovery","Payload":null},"Object":null}',
    );
    expect(asked[1]).toContain('"Entity":"informer-store","Payload":{"Reply":"meshery-server.meshsync.store"}');
    for (const name of ['a', 'b', 'c']) client.publish(publishedSubjects.core, event('ADDED', name, '1'));
    client.publish(publishedSubjects.core, event('MODIFIED', 'a', '2'));
    client.publish(publishedSubjects.core, event('DELETED', 'b', '1'));
    client.publish(
      publishedSubjects.store,
      JSON.stringify({
        ObjectType: '',
        EventType: '',
        Request: null,
        Object: ['d', 'e'].map((name) => toKubernetesResource(objectText(name, '1'), clusterId)),
      }),
    );
    const wanted = JSON.stringify(['u-a@2', 'u-c@1', 'u-d@1', 'u-e@1']);
    await waitUntil(
      { what: 'the rows', timeoutMs: 60_000, explain: async () => JSON.stringify(await parts.server.rows()) },
      async () => JSON.stringify(await parts.server.rows()) === wanted,
    );
    expect((await parts.server.store.find('u-a'))?.json).toContain('"replicas":9007199254740993');
    expect((await parts.server.store.clusters())[0]).toMatchObject({ id: clusterId, source: 'published' });
  });

  test('is asked for everything when the inventory is lost', async () => {
    const client = await parts.plainClient();
    const all = () => {
      for (const name of ['a', 'b']) client.publish(publishedSubjects.core, event('ADDED', name, '1'));
    };
    const stored = () =>
      waitUntil({ what: 'both rows', timeoutMs: 60_000 }, async () => (await parts.server.rows()).length === 2);
    await startListening(client);
    all();
    await stored();
    await waitUntil({ what: 'silence', timeoutMs: 60_000 }, () => parts.server.lastAnswered === 'snapshotEnd');
    client.subscribe(publishedSubjects.request, all, { signal: never });
    await client.flush();
    await parts.server.loseInventory();
    await stored();
    expect((await parts.server.store.clusters())[0]).toMatchObject({ id: clusterId, source: 'published' });
  });

  test('that does not name a row again makes it stale, never deleted', async () => {
    const client = await parts.plainClient();
    await startListening(client);
    for (const name of ['a', 'b']) client.publish(publishedSubjects.core, event('ADDED', name, '1'));
    await waitUntil({ what: 'both rows', timeoutMs: 60_000 }, async () => (await parts.server.rows()).length === 2);
    await bridge?.stop();
    await startListening(client);
    client.publish(publishedSubjects.core, event('ADDED', 'a', '1'));
    const isStale = async (uid: string): Promise<boolean> =>
      ((await parts.server.store.find(uid)) as { staleSince?: string } | undefined)?.staleSince !== undefined;
    // The other one may be stale for a moment, too, when it is named late.
    await waitUntil(
      { what: 'the stale row', timeoutMs: 60_000 },
      async () => (await isStale('u-b')) && !(await isStale('u-a')),
    );
    expect(await parts.server.rows()).toHaveLength(2);
  });

  test('whose messages cannot be used has them parked, the rest flows', async () => {
    const client = await parts.plainClient();
    await startListening(client);
    client.publish(publishedSubjects.core, 'not json');
    client.publish(publishedSubjects.core, `{"Object":${'['.repeat(10_000)}${']'.repeat(10_000)}}`);
    client.publish(publishedSubjects.core, event('ADDED', 'x', '1').replaceAll(clusterId, 'another-cluster'));
    client.publish(publishedSubjects.core, event('ADDED', 'a', '1'));
    await waitUntil(
      { what: 'the good row', timeoutMs: 60_000 },
      async () => JSON.stringify(await parts.server.rows()) === '["u-a@1"]',
    );
    const parked = await parts.parkedMessages(client, 3);
    expect(parked.map((message) => message.headers['Meshery-Reason']).sort()).toEqual([
      'foreign-cluster',
      'malformed',
      'malformed',
    ]);
  });
});
