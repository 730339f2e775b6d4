import { allOpenSubject, batchSubject } from '@meshery/contracts';
import type { OpenRunRequest } from '@meshery/contracts';
import type { Clock, Logger } from '@meshery/observability';
import { NatsBroker, batchStream } from '@meshery/messaging';
import { PushStream } from '@meshery/messaging/ingest-grpc';
import type { IngestChannel, PushState } from '@meshery/messaging/ingest-grpc';
import type { ConsumerSpec, RequestTransport } from '@meshery/messaging';
import { NativeFlow } from '../native/native-flow.ts';
import { ParkingLot } from '../parking/parking-lot.ts';
import type { ByteBudget } from '../native/byte-budget.ts';
import { PublishedFlow } from '../published/published-flow.ts';
import { PublishedRun } from '../published/published-run.ts';
import { RequestRelay } from '../requests/request-relay.ts';
import type { LinkSpec } from '../sources/link-source.ts';
import type { BridgeMetrics } from '../bridge-metrics.ts';
import { ClusterBinding } from './cluster-binding.ts';
import type { LinkStatus } from './link-status.ts';

/** Times and bounds of a link. */
export interface LinkLimits {
  /** Milliseconds a missing batch is waited for. */
  readonly gapWaitMs: number;
  /** Milliseconds of silence that end the snapshot of a published agent. */
  readonly quietMs: number;
  /** Batches taken from the stream and not yet settled. */
  readonly maxInFlight: number;
}

/** What a ClusterLink needs. */
export interface ClusterLinkDeps {
  readonly spec: LinkSpec;
  /** To the server; shared by all links, which do not close it. */
  readonly channel: IngestChannel;
  /** Whether the server answers, also while this link asks nothing of it. */
  readonly pulse: () => PushState;
  /** Requests of the server; shared by all links. */
  readonly server: RequestTransport;
  /** Bytes that all links together may hold. */
  readonly budget: ByteBudget;
  readonly limits: LinkLimits;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: BridgeMetrics;
  readonly ids: () => string;
}

const consumerName = 'meshery-bridge';
const ackWaitMs = 30_000;
/** Once a minute, as `sayWorking` comes every ten seconds. */
const ensureEvery = 6;
const openTimeoutMs = 9000;
const readyTimeoutMs = 5000;
const drainMs = 5000;

/** Everything between one broker and the server; links share nothing, so a bad one slows no other. */
export class ClusterLink {
  readonly #deps: ClusterLinkDeps;
  readonly #broker: NatsBroker;
  readonly #push: PushStream;
  readonly #native: NativeFlow;
  readonly #published: PublishedFlow;
  readonly #run: PublishedRun;
  readonly #binding: ClusterBinding;
  readonly #parking: ParkingLot;
  readonly #relay: RequestRelay;
  readonly #stop = new AbortController();
  readonly #pushStop = new AbortController();
  #ticking = false;
  #workings = 0;
  #done: Promise<void> = Promise.resolve();

  constructor(deps: ClusterLinkDeps) {
    const { spec, clock, metrics, limits, ids } = deps;
    const logger = deps.logger.child({ link: spec.name });
    this.#deps = { ...deps, logger };
    this.#broker = new NatsBroker({ ...spec.broker, name: 'meshery-server' }, { clock, logger });
    this.#push = makePush(this.#deps, (reason) => {
      this.#onReset(reason);
    });
    this.#binding = new ClusterBinding(spec.clusterId);
    this.#relay = new RequestRelay({ broker: this.#broker, server: deps.server, clock, logger });
    const openRun = (request: OpenRunRequest) => deps.channel.openRun(request, openTimeoutMs);
    const relayOpenRun = (request: Uint8Array) => deps.channel.relayOpenRun(request, openTimeoutMs);
    const onOutcome = (verdict: number): void => {
      metrics.outcome(spec.name, verdict);
    };
    const parking = (this.#parking = makeParking(this.#deps, this.#broker));
    const shared = {
      broker: this.#broker,
      push: this.#push,
      binding: this.#binding,
      parking,
      clock,
      logger,
      onOutcome,
    };
    this.#native = new NativeFlow({ ...shared, relayOpenRun, gapWaitMs: limits.gapWaitMs, budget: deps.budget });
    this.#run = new PublishedRun({
      ...shared,
      openRun,
      ids,
      quietMs: limits.quietMs,
      signal: this.#stop.signal,
      clusterName: spec.clusterName,
      onLost: () => {
        this.#published.resync('the server lost its place');
      },
    });
    this.#published = new PublishedFlow({ ...shared, run: this.#run, nativeSeen: () => this.#native.seen });
  }

  /** Begins to work; returns at once. */
  start(): void {
    const signal = this.#stop.signal;
    const tasks = [this.#push.run(this.#pushStop.signal), this.#serve(signal)];
    this.#done = Promise.all(tasks).then(
      () => undefined,
      (error: unknown) => {
        if (!signal.aborted) this.#deps.logger.error({ err: error }, 'the link stopped');
      },
    );
  }

  /** To be called regularly; `sayWorking` now and then, well within the acknowledgement deadline. */
  tick(sayWorking: boolean): void {
    this.#native.tick(sayWorking);
    this.#serveRequests();
    if (sayWorking) this.#keepStream();
    if (!this.#run.open || this.#ticking) return;
    this.#ticking = true;
    this.#run
      .tick()
      .catch((error: unknown) => {
        this.#deps.logger.error({ err: error }, 'a published run could not go on');
      })
      .finally(() => {
        this.#ticking = false;
      });
  }

  /** Takes nothing new, waits for what the server still answers, flushes acknowledgements, ends. */
  async stop(): Promise<void> {
    this.#stop.abort(new Error('the link is stopped'));
    await Promise.race([this.#native.drained(), this.#deps.clock.sleep(drainMs)]);
    this.#pushStop.abort();
    await this.#broker.close();
    this.#native.forget();
    await this.#done;
  }

  status(): LinkStatus {
    const broker = this.#broker.status();
    const push = this.#push.state();
    const server = push.healthy ? this.#deps.pulse() : push;
    return {
      name: this.#deps.spec.name,
      clusterId: this.#binding.clusterId,
      brokerConnected: broker.connected,
      serverAnswers: server.healthy,
      reason: broker.connected ? server.reason : `broker: ${broker.reason}`,
      parked: this.#parking.note,
      unsettled: this.#native.unsettled,
      pending: push.pending,
      slowDrops: broker.slowDrops,
      heldBytes: this.#native.heldBytes,
    };
  }

  /** As soon as it is known whose they are. */
  #serveRequests(): void {
    const { clusterId } = this.#binding;
    if (this.#relay.serves || clusterId === undefined || this.#deps.spec.mode === 'published') return;
    if (this.#broker.status().connected) this.#relay.serve(clusterId, this.#stop.signal);
  }

  async #serve(signal: AbortSignal): Promise<void> {
    const { mode, onBroker } = this.#deps.spec;
    if (onBroker !== undefined) {
      this.#broker.onEvent(({ type }) => {
        if (type === 'connected' || type === 'disconnected') onBroker(type === 'connected');
      });
    }
    await this.#broker.open(signal);
    if (mode !== 'native') this.#published.start(signal);
    if (mode !== 'published') await this.#serveNative(signal);
  }

  async #serveNative(signal: AbortSignal): Promise<void> {
    const { limits, clock } = this.#deps;
    this.#broker.subscribe(allOpenSubject, (message) => this.#native.onOpen(message), {
      signal,
      queue: consumerName,
      maxPending: 100,
    });
    const stopWatching = this.#broker.onEvent((event) => {
      if (event.type === 'connected') this.#ensureStreamSoon(signal);
    });
    signal.addEventListener('abort', stopWatching, { once: true });
    const spec = { ...this.#consumer(), ackWaitMs, maxInFlight: limits.maxInFlight };
    while (!signal.aborted) {
      try {
        await this.#broker.ensureStream(batchStream(), signal);
        await this.#broker.consume(spec, this.#native, signal);
      } catch (error) {
        if (isAborted(signal)) return;
        this.#deps.logger.warn({ err: error }, 'the batch stream cannot be made; trying again');
      }
      await clock.sleep(1000, signal).catch(() => undefined);
    }
  }

  /** Clusters of brokers that are joined share one stream: each link takes the batches of its own cluster out of it. */
  #consumer(): Pick<ConsumerSpec, 'stream' | 'name' | 'subject'> {
    const { clusterId } = this.#deps.spec;
    const stream = batchStream().name;
    if (clusterId === undefined) return { stream, name: consumerName };
    return { stream, name: `${consumerName}-${clusterId}`, subject: batchSubject(clusterId) };
  }

  /** Whoever serves this cluster tells everything again. */
  #onReset(reason: string): void {
    if (this.#deps.spec.mode !== 'published') this.#native.askForEverything(reason);
    if (!this.#native.seen) this.#run.startOver(reason);
  }

  /** A cluster of servers may have become large enough for all copies of the stream. */
  #keepStream(): void {
    this.#workings += 1;
    const native = this.#deps.spec.mode !== 'published' && this.#broker.status().connected;
    if (native && this.#workings % ensureEvery === 0) this.#ensureStreamSoon(this.#stop.signal);
  }

  /** A broker may come back without its streams. */
  #ensureStreamSoon(signal: AbortSignal): void {
    this.#broker.ensureStream(batchStream(), signal).catch((error: unknown) => {
      if (!signal.aborted)
        this.#deps.logger.warn({ err: error }, 'the batch stream cannot be made; the agent makes it');
    });
  }
}

function makePush({ clock, logger, channel }: ClusterLinkDeps, onReset: (reason: string) => void): PushStream {
  return new PushStream({
    open: () => channel.push(),
    whenReady: () => channel.whenReady(readyTimeoutMs),
    onReset,
    clock,
    logger,
    onDemand: true,
  });
}

function makeParking({ spec, clock, logger, metrics }: ClusterLinkDeps, broker: NatsBroker): ParkingLot {
  const onParked = (reason: string): void => {
    metrics.parked(spec.name, reason);
  };
  return new ParkingLot({ broker, clock, logger, onParked });
}

/** Read anew: it may have changed since the last look. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}
