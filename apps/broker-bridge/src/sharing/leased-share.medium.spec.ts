import { join } from 'node:path';
import { createKubeTransport, loadKubeconfig, resolveAccess } from '@meshery/kube';
import type { KubeTransport } from '@meshery/kube';
import { KubeClient } from '@meshery/kube/reconcile';
import { createLogger, systemClock } from '@meshery/observability';
import { KubeAdmin, startControlPlane, waitUntil } from '@meshery/testing';
import type { ControlPlane, KubeObject } from '@meshery/testing';
import { LeasedShare } from './leased-share.ts';
import { wholeShare } from './link-share.ts';
import { aborted } from './replicas.ts';

const links = Array.from({ length: 200 }, (_, index) => `cluster-${index}/meshery/meshery-broker`);
const namespace = 'meshery';
let plane: ControlPlane;
let admin: KubeAdmin;
let transport: KubeTransport;
const cleanups: (() => unknown)[] = [];

beforeAll(async () => {
  plane = await startControlPlane({ controllers: [] });
  admin = new KubeAdmin(plane);
  const config = await loadKubeconfig({ file: join(plane.dir, 'kubeconfig') });
  transport = createKubeTransport(await resolveAccess(config, { trust: 'user-file', clock: systemClock }), {
    clock: systemClock,
  });
}, 300_000);

beforeEach(async () => {
  await admin.create('/api/v1/namespaces', { metadata: { name: namespace } }).catch(() => undefined);
});

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  await admin.delete(`/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases`);
});

afterAll(async () => {
  await transport.close();
  admin.close();
  await plane.stop();
});

/** One replica: what it holds, and two ways to end it. */
class Replica {
  readonly share: LeasedShare;
  readonly #stop = new AbortController();
  readonly #done: Promise<void>;
  /** As if it had been killed: it writes nothing any more. */
  dead = false;
  /** Milliseconds that its links take to end. */
  drainMs = 0;
  draining = 0;

  constructor(identity: string) {
    const client = new KubeClient({ transport: this.#gated(), clock: systemClock });
    const logger = createLogger({ service: 'test', level: 'silent' });
    const deps = { client, namespace, identity, clock: systemClock, random: Math.random, logger, lookMs: 300 };
    this.share = new LeasedShare(deps);
    this.#done = this.share.run(() => this.#drain(), this.#stop.signal);
    cleanups.push(() => this.stop());
  }

  get held(): number {
    return this.dead ? 0 : links.filter((link) => this.share.claim(link)).length;
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#done;
  }

  async #drain(): Promise<void> {
    this.draining += 1;
    await systemClock.sleep(this.drainMs);
    this.draining -= 1;
  }

  #gated(): KubeTransport {
    const alive = <T>(signal: AbortSignal, call: () => Promise<T>): Promise<T> =>
      this.dead ? aborted(signal).then(() => Promise.reject(signal.reason as Error)) : call();
    return {
      ...transport,
      server: transport.server,
      get: (path, options) => alive(options.signal, () => transport.get(path, options)),
      send: (path, options) => alive(options.signal, () => transport.send(path, options)),
      stream: (path, options) => transport.stream(path, options),
      invalidateCredential: () => undefined,
      close: () => Promise.resolve(),
    };
  }
}

/** Every link is held once, and shares are even. */
async function shared(replicas: readonly Replica[]): Promise<void> {
  const counts = () => replicas.map(({ held }) => held);
  const once = () =>
    links.every((link) => replicas.filter(({ share, dead }) => !dead && share.claim(link)).length === 1);
  await waitUntil({ what: 'even shares', timeoutMs: 60_000, everyMs: 20, explain: () => counts().join() }, () => {
    const living = replicas.filter(({ dead }) => !dead).length;
    return once() && replicas.every(({ held, dead }) => dead || Math.abs(held - links.length / living) < 40);
  });
}

/** Names of the replicas that hold a Lease now. */
async function holders(): Promise<readonly string[]> {
  const path = `/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases`;
  const { items } = await admin.json<KubeObject & { items: { spec: { holderIdentity?: string } }[] }>({ path });
  return [...new Set(items.flatMap(({ spec }) => spec.holderIdentity ?? []))].sort();
}

test('replicas take even shares; a link is never held twice while they come and go in order', async () => {
  let twice = 0;
  const replicas: Replica[] = [];
  const watching = setInterval(() => {
    twice += links.filter((link) => replicas.filter(({ share }) => share.claim(link)).length > 1).length;
  }, 5);
  cleanups.push(() => clearInterval(watching));
  const [one, two, three] = [new Replica('one'), new Replica('two'), new Replica('three')];
  replicas.push(one, two, three);
  await shared(replicas);
  await two.stop();
  // Given back: nobody has to wait for a lease to run out.
  expect(await holders()).not.toContain('two');
  await shared([one, three]);
  replicas.push(new Replica('four'));
  await shared(replicas.filter((replica) => replica !== two));
  expect(twice).toBe(0);
});

test('a Lease is renewed only for work that there is', async () => {
  const one = new Replica('one');
  const [link = ''] = links;
  await waitUntil({ what: 'the link', timeoutMs: 60_000 }, () => one.share.claim(link));
  const { items } = await admin.json<{ items: KubeObject[] } & KubeObject>({
    path: `/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases`,
  });
  expect(items.map(({ metadata }) => metadata.name.replace(/\d+$/, ''))).toEqual([
    'meshery-bridge-replica-one',
    'meshery-bridge-shard-',
  ]);
});

test('the share of a replica that was killed is taken over', async () => {
  const [one, two] = [new Replica('one'), new Replica('two')];
  await shared([one, two]);
  one.dead = true;
  await shared([one, two]);
});

test('another replica begins only when the links of the one before have ended', async () => {
  const one = new Replica('one');
  await shared([one]);
  one.drainMs = 1500;
  const stopped = one.stop();
  const two = new Replica('two');
  let early = 0;
  const watching = setInterval(() => {
    if (two.held > 0 && one.draining > 0) early += 1;
  }, 5);
  cleanups.push(() => clearInterval(watching));
  await stopped;
  await shared([two]);
  expect(early).toBe(0);
});

test('without the right to read Leases nothing is held, and the reason is said', async () => {
  const client = new KubeClient({
    transport: { ...transport, server: transport.server, get: forbidden, send: forbidden },
    clock: systemClock,
  });
  const logger = createLogger({ service: 'test', level: 'silent' });
  const share = new LeasedShare({
    client,
    namespace,
    identity: 'one',
    clock: systemClock,
    random: Math.random,
    logger,
    lookMs: 50,
  });
  const stop = new AbortController();
  const done = share.run(() => Promise.resolve(), stop.signal);
  await waitUntil({ what: 'the failure', timeoutMs: 60_000 }, () => share.failure?.code === 'meshery-kube-1308');
  expect(links.some((link) => share.claim(link))).toBe(false);
  stop.abort();
  await done;
  expect(wholeShare.claim('any')).toBe(true);
});

function forbidden() {
  const body = Buffer.from(JSON.stringify({ kind: 'Status', code: 403, reason: 'Forbidden', message: 'no' }));
  return Promise.resolve({ status: 403, headers: {}, body });
}
