import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Registry, createLogger, systemClock } from '@meshery/observability';
import { NatsBroker, parkedStream } from '@meshery/messaging';
import type { DurableMessage } from '@meshery/messaging';
import { NatsServer, makeTempDir, waitUntil } from '@meshery/testing';
import type { TempDir } from '@meshery/testing';
import { monotonicFactory } from 'ulid';
import { Bridge } from '../bridge.ts';
import { createBridgeMetrics } from '../bridge-metrics.ts';
import { ConnectionFolder } from '../connections/connection-folder.ts';
import { wholeShare } from '../sharing/link-share.ts';
import { ScriptedAgent } from './scripted-agent.ts';
import { StoreServer } from './store-server.ts';

/** The cluster of the connection "one". */
export const clusterId = '5d1c8a4e-0d4f-4a47-8b9c-3d2f6c1e7a90';

const logger = createLogger({ service: 'test', level: 'silent' });
const nextId = monotonicFactory();
const never = new AbortController().signal;

/** A broker, a server with a store, and bridges between them in this process; everything it made ends with it. */
export class BridgeUnderTest {
  readonly dir: TempDir;
  readonly nats: NatsServer;
  readonly server: StoreServer;
  /** Of the bridge that was started last. */
  registry = new Registry();
  readonly #cleanups: (() => Promise<void> | void)[] = [];

  private constructor(parts: Pick<BridgeUnderTest, 'dir' | 'nats' | 'server'>) {
    ({ dir: this.dir, nats: this.nats, server: this.server } = parts);
  }

  static async start(): Promise<BridgeUnderTest> {
    const dir = makeTempDir('bridge');
    const nats = await NatsServer.start();
    const parts = new BridgeUnderTest({ dir, nats, server: await StoreServer.start() });
    parts.writeConnection();
    return parts;
  }

  async stop(): Promise<void> {
    for (const cleanup of this.#cleanups.splice(0).reverse()) await cleanup();
    await this.server.stop();
    await this.nats.stop();
    this.dir.remove();
  }

  /** Writes the file of the connection "one". */
  writeConnection(changes: object = {}): void {
    const folder = join(this.dir.path, 'connections');
    mkdirSync(folder, { recursive: true });
    const connection = { name: 'one', url: `nats://127.0.0.1:${this.nats.port}`, clusterId, ...changes };
    writeFileSync(join(folder, 'one.yaml'), JSON.stringify(connection));
  }

  /** It asks for a snapshot when a batch misses its predecessor for so long: no pause of the machine lasts for it. */
  startBridge(gapWaitMs = 60_000): Bridge {
    const path = join(this.dir.path, 'connections');
    this.registry = new Registry();
    const bridge = new Bridge({
      sources: [new ConnectionFolder({ path, clock: systemClock, logger, pollMs: 200 })],
      share: wholeShare,
      server: { address: this.server.address },
      limits: { gapWaitMs, quietMs: 700, maxInFlight: 64 },
      clock: systemClock,
      logger,
      metrics: createBridgeMetrics(this.registry),
      ids: () => nextId(Date.now()),
    });
    bridge.start();
    this.cleanUp(() => bridge.stop());
    return bridge;
  }

  async startAgent(): Promise<ScriptedAgent> {
    const agent = new ScriptedAgent(this.nats.url, clusterId);
    this.cleanUp(() => agent.stop());
    await agent.open();
    return agent;
  }

  async plainClient(): Promise<NatsBroker> {
    const broker = new NatsBroker(
      { url: this.nats.url, name: 'test', reconnectMs: 50 },
      { clock: systemClock, logger },
    );
    await broker.open(AbortSignal.timeout(30_000));
    this.cleanUp(() => broker.close());
    return broker;
  }

  /** Waits for so many parked messages. */
  async parkedMessages(client: NatsBroker, count: number): Promise<readonly DurableMessage[]> {
    const parked: DurableMessage[] = [];
    const stop = new AbortController();
    await client.ensureStream(parkedStream(), never);
    const onMessage = (message: DurableMessage): void => {
      parked.push(message);
      message.ack();
    };
    const consumer = { stream: parkedStream().name, name: 'reader', ackWaitMs: 10_000, maxInFlight: 100 };
    const consumed = client.consume(consumer, { onStart: () => undefined, onMessage }, stop.signal);
    this.cleanUp(() => {
      stop.abort();
      return consumed;
    });
    await waitUntil(
      { what: `${count} parked messages`, timeoutMs: 60_000, explain: () => `${parked.length} are` },
      () => parked.length >= count,
    );
    return parked;
  }

  /** To be done at the end, the last first. */
  cleanUp(cleanup: () => Promise<void> | void): void {
    this.#cleanups.push(cleanup);
  }
}

/** Waits until a bridge has links and says that it is ready. */
export function ready(bridge: Bridge): Promise<boolean> {
  return waitUntil(
    { what: 'readiness', timeoutMs: 60_000 },
    () => bridge.statuses().length > 0 && bridge.readiness().ready,
  );
}
