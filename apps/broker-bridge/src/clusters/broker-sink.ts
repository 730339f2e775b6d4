import type { ObjectEventType, ResourceSink, StreamEnd, StreamOutcome, StreamPhase } from '@meshery/kube';
import { readBrokerObject } from './broker-object.ts';
import type { BrokerObject } from './broker-object.ts';

/** Who hears of Brokers. */
export interface BrokerSinkDeps {
  readonly onBroker: (broker: BrokerObject) => void;
  readonly onGone: (key: string) => void;
  /** Keys of the Brokers that were told of before. */
  readonly known: () => Iterable<string>;
  readonly onLive: () => void;
  /** The stream cannot go on as it is. */
  readonly onTrouble: (outcome: StreamOutcome) => void;
}

/** Ends that the stream gets over by itself, at once. */
const harmless: ReadonlySet<StreamEnd> = new Set(['ended', 'expired', 'snapshot', 'fallback', 'quiet']);

/** Turns the stream of Broker resources into single changes. */
export class BrokerSink implements ResourceSink {
  readonly #deps: BrokerSinkDeps;
  readonly #seen = new Set<string>();
  #position: string | undefined;

  constructor(deps: BrokerSinkDeps) {
    this.#deps = deps;
  }

  position(): string | undefined {
    return this.#position;
  }

  snapshotBegin(): void {
    this.#seen.clear();
  }

  event(type: ObjectEventType, object: Buffer): void {
    const broker = readBrokerObject(object);
    if (broker === undefined) return;
    if (this.#position !== undefined) this.#position = broker.resourceVersion;
    this.#seen.add(broker.key);
    if (type === 'DELETED') this.#deps.onGone(broker.key);
    else this.#deps.onBroker(broker);
  }

  snapshotEnd(resourceVersion: string): void {
    this.#position = resourceVersion;
    for (const key of [...this.#deps.known()]) if (!this.#seen.has(key)) this.#deps.onGone(key);
  }

  bookmark(resourceVersion: string): void {
    this.#position = resourceVersion;
  }

  phase(phase: StreamPhase, outcome?: StreamOutcome): void {
    if (phase === 'live') this.#deps.onLive();
    else if (outcome !== undefined && !harmless.has(outcome.end)) this.#deps.onTrouble(outcome);
  }

  idle(): void {
    return undefined;
  }

  /** A Broker of megabytes is none that an operator made. */
  oversized(): void {
    return undefined;
  }

  garbled(): void {
    return undefined;
  }
}
