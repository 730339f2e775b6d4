import type { ClientDuplexStream } from '@grpc/grpc-js';
import type { ClusterAssignment, ClusterReport, FollowBegin, FollowRequest, FollowResponse } from '@meshery/contracts';
import type { Clock } from '@meshery/observability';

/** The Follow stream of a client. */
export type FollowClientCall = ClientDuplexStream<FollowRequest, FollowResponse>;

/** Who hears what the server says. */
export interface FollowListener {
  readonly onAssign: (assignment: ClusterAssignment) => void;
  /** An empty lease id means whatever lease there is. */
  readonly onWithdraw: (clusterId: string, leaseId: string) => void;
  /** The leases are good for `leaseMs` from a moment of the monotonic clock. */
  readonly onRenewed: (since: number, leaseMs: number) => void;
  /** What changed since it was asked last. */
  readonly reports: () => ClusterReport[];
}

/** Renewals in the time of a lease. */
const renewals = 5;
/** Milliseconds without an answer after which the server is taken for gone, and for last words to leave. */
const silenceMs = 10_000;
const lingerMs = 1000;

/** One Follow stream from its begin to its end. */
export class FollowCall {
  readonly #call: FollowClientCall;
  readonly #clock: Clock;
  readonly #listener: FollowListener;
  /** When renewals without an answer were sent, by their numbers, the oldest first. */
  readonly #sentAt = new Map<number, number>();
  readonly #ended = Promise.withResolvers<Error>();
  #leaseMs: number | undefined;
  #number = 0;
  #renewedAt = 0;
  #isOver = false;

  constructor(call: FollowClientCall, clock: Clock, listener: FollowListener) {
    this.#call = call;
    this.#clock = clock;
    this.#listener = listener;
  }

  /** Resolves with what ended it. */
  get ended(): Promise<Error> {
    return this.#ended.promise;
  }

  /** Says the first words; from now on the listener is called. */
  begin(value: FollowBegin): void {
    this.#call.on('data', (response: FollowResponse) => {
      if (!this.#isOver) this.#onResponse(response);
    });
    this.#call.on('error', (error) => {
      this.cut(error);
    });
    this.#call.on('end', () => {
      this.cut(new Error('the server ended the stream'));
    });
    this.#sentAt.set(0, this.#clock.monotonic());
    this.#write({ body: { $case: 'begin', value } });
  }

  /** To be called regularly: renews when it is time. */
  tick(): void {
    const now = this.#clock.monotonic();
    const [oldest = now] = this.#sentAt.values();
    if (now - oldest > silenceMs) this.cut(new Error('the server is silent'));
    if (this.#leaseMs === undefined || now - this.#renewedAt < this.#leaseMs / renewals) return;
    this.#number += 1;
    this.#renewedAt = now;
    this.#sentAt.set(this.#number, now);
    this.#write({ body: { $case: 'renew', value: { number: this.#number, reports: this.#listener.reports() } } });
  }

  /** Says that nothing serves the cluster any more. */
  release(clusterId: string, leaseId: string): void {
    this.#write({ body: { $case: 'release', value: { clusterId, leaseId } } });
  }

  /** Ends it after what was said; at most a second. */
  async end(): Promise<void> {
    const over = new AbortController();
    this.#call.end();
    await Promise.race([this.ended, this.#clock.sleep(lingerMs, over.signal).catch(() => undefined)]);
    over.abort();
    this.cut(new Error('ended'));
  }

  /** Ends it at once. */
  cut(reason: Error): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#ended.resolve(reason);
    this.#call.cancel();
  }

  #onResponse({ body }: FollowResponse): void {
    if (body?.$case === 'renewed') this.#onRenewed(body.value.number, body.value.leaseMs);
    else if (body?.$case === 'assign') this.#listener.onAssign(body.value);
    else if (body?.$case === 'withdraw') this.#listener.onWithdraw(body.value.clusterId, body.value.leaseId);
  }

  #onRenewed(number: number, leaseMs: number): void {
    const since = this.#sentAt.get(number);
    if (since === undefined) return;
    for (const known of this.#sentAt.keys()) if (known <= number) this.#sentAt.delete(known);
    this.#leaseMs = leaseMs;
    this.#listener.onRenewed(since, leaseMs);
  }

  #write(request: FollowRequest): void {
    if (!this.#isOver) this.#call.write(request);
  }
}
