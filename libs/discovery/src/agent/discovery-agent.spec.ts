import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { Verdict } from '@meshery/contracts';
import { MesheryError } from '@meshery/errors';
import { freePort, waitUntil } from '@meshery/testing';
import { MemoryInventory } from '../testing/memory-inventory.ts';
import { plainAccess, startAgent } from '../testing/running-agent.ts';

const group = (resources: object[]): object => ({
  kind: 'APIGroupDiscoveryList',
  items: [{ metadata: { name: '' }, versions: [{ version: 'v1', resources }] }],
});
const pods = {
  resource: 'pods',
  responseKind: { kind: 'Pod' },
  scope: 'Namespaced',
  singularResource: 'pod',
  verbs: ['list', 'watch'],
};
const bookmark =
  '{"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"5","annotations":{"k8s.io/initial-events-end":"true"}}}}\n';

/** An API server with one kind, whose identity and pods can be changed. */
class FakeApi {
  uid = 'first';
  lines = `{"type":"ADDED","object":{"metadata":{"name":"a","uid":"u1","resourceVersion":"4"}}}\n`;
  server: Server;
  readonly port: number;

  constructor(port: number) {
    this.port = port;
    this.server = this.#make();
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(this.port, '127.0.0.1', resolve));
    return `http://127.0.0.1:${String(this.port)}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
    this.server = this.#make();
  }

  #make(): Server {
    return createServer((request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '', 'http://api');
      const answers: Record<string, object> = {
        '/api': group([pods]),
        '/apis': { kind: 'APIGroupDiscoveryList', items: [] },
        '/readyz': {},
        '/api/v1/namespaces/kube-system': { metadata: { uid: this.uid } },
      };
      const answer = answers[pathname];
      if (answer !== undefined) response.end(JSON.stringify(answer));
      else if (pathname !== '/api/v1/pods') response.writeHead(404).end('{}');
      else {
        response.writeHead(200).flushHeaders();
        if (searchParams.has('sendInitialEvents')) response.write(this.lines + bookmark);
      }
    });
  }
}

describe('DiscoveryAgent', () => {
  let api: FakeApi;
  let inventory: MemoryInventory;
  let agent: ReturnType<typeof startAgent>;

  beforeEach(async () => {
    api = new FakeApi(await freePort());
    inventory = new MemoryInventory();
    agent = startAgent(plainAccess(await api.listen()), inventory);
    await waitUntil({ what: 'being in sync', timeoutMs: 60_000 }, () => agent.agent.status().inSync);
  });

  afterEach(async () => {
    await agent.stop().catch(() => undefined);
    await api.close();
  });

  test('begins a new run when another cluster answers at the same address', async () => {
    const before = agent.agent.status();
    expect(before.clusterId).toBe('first');
    await api.close();
    await waitUntil({ what: 'the outage', timeoutMs: 60_000 }, () => agent.agent.status().conditions.length > 0);
    api.uid = 'second';
    await api.listen();
    await waitUntil({ what: 'the new run', timeoutMs: 60_000 }, () => {
      const { clusterId, inSync } = agent.agent.status();
      return clusterId === 'second' && inSync;
    });
    expect(agent.agent.status().incarnation).not.toBe(before.incarnation);
    expect(inventory.batches.filter(({ clusterId }) => clusterId === 'second').length).toBeGreaterThan(0);
  });

  test('goes on after a parked batch and shows it as a condition, a metric and a log line', async () => {
    const send = inventory.send.bind(inventory);
    inventory.send = async (batch, signal) => {
      const answer = await send(batch, signal);
      return batch.body?.$case === 'changes'
        ? { ...answer, verdict: Verdict.VERDICT_PARKED, reason: 'not storable' }
        : answer;
    };
    inventory.control({ type: 'snapshot', kind: 'pods.v1.', reason: 'test' });
    await waitUntil({ what: 'the condition', timeoutMs: 60_000 }, () =>
      agent.agent.status().conditions[0]?.message.includes('not storable'),
    );
    await waitUntil({ what: 'being in sync', timeoutMs: 60_000 }, () => agent.agent.status().inSync);
    expect(agent.agent.status().parked).toBe(1);
    expect(await agent.registry.metrics()).toMatch(/meshery_discovery_parked_total\{[^}]*\} 1/);
    expect(agent.logLines.some((line) => line.includes('kept aside'))).toBe(true);
  });

  test('shows that the run cannot be opened, tries again, and goes on', async () => {
    await agent.stop();
    let refuse = true;
    inventory.beforeOpen = () =>
      refuse ? Promise.reject(new MesheryError('meshery-store-1602', 'the writer is busy')) : Promise.resolve();
    agent = startAgent(plainAccess(`http://127.0.0.1:${String(api.port)}`), inventory);
    await waitUntil(
      { what: 'the condition', timeoutMs: 60_000 },
      () => agent.agent.status().conditions[0]?.reason === 'RunNotOpened',
    );
    expect(agent.agent.status().phase).toBe('opening');
    refuse = false;
    await waitUntil({ what: 'being in sync', timeoutMs: 60_000 }, () => agent.agent.status().inSync);
    expect(agent.agent.status().conditions).toEqual([]);
  });

  test('brings its gauges up to date before a scrape', async () => {
    agent.agent.observe();
    expect(await agent.registry.metrics()).toMatch(/meshery_discovery_objects\{cluster="test"\} 1/);
    expect(await agent.registry.metrics()).toMatch(/meshery_discovery_lagging_kinds\{cluster="test"\} 0/);
  });
});
