import {
  OpenRunResponse,
  RunVerdict,
  Verdict,
  clusterIdOfSubject,
  controlSubject,
  encodeControl,
  readBatchHead,
} from '@meshery/contracts';
import type { BatchHead, BatchOutcome, ControlMessage, IngestControl } from '@meshery/contracts';
import type { Clock, Logger } from '@meshery/observability';
import { Reassembler } from '@meshery/messaging';
import type { Broker, BrokerMessage, ConsumerHandler, DurableMessage, WholeMessage } from '@meshery/messaging';
import { serverFault } from '@meshery/messaging/ingest-grpc';
import type { PushStream } from '@meshery/messaging/ingest-grpc';
import type { ClusterBinding } from '../link/cluster-binding.ts';
import type { ParkingLot, ParkReason } from '../parking/parking-lot.ts';
import type { ByteBudget } from './byte-budget.ts';
import { decodeOpen } from './decode-open.ts';
import { KindLane } from './kind-lane.ts';
import type { LaneDecision, LaneItem } from './kind-lane.ts';
import { TakenMessages } from './taken-messages.ts';

/** What a NativeFlow needs. */
export interface NativeFlowDeps {
  readonly broker: Broker;
  readonly push: PushStream;
  /** Takes an encoded `OpenRunRequest`, gives an encoded `OpenRunResponse`. */
  readonly relayOpenRun: (request: Uint8Array) => Promise<Uint8Array>;
  readonly binding: ClusterBinding;
  readonly parking: ParkingLot;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Milliseconds a missing batch is waited for before the kind is asked for a snapshot. */
  readonly gapWaitMs: number;
  readonly onOutcome: (verdict: Verdict) => void;
  /** Of all links together. */
  readonly budget: ByteBudget;
}

/** Bound on batches that wait for a missing one, so that a gap never fills the whole window. */
const heldMost = 32;

/**
 * The native path of one broker: batches from the stream to the server, acknowledged after their commit; openings of
 * runs to the server and back; controls to the agent.
 */
export class NativeFlow implements ConsumerHandler {
  readonly #deps: NativeFlowDeps;
  readonly #reassembler: Reassembler;
  readonly #lanes = new Map<string, KindLane>();
  readonly #inFlight: TakenMessages;
  readonly #asked = new Map<string, number>();
  readonly #work = new Set<Promise<void>>();
  #seen = false;
  /** Why the agent is to be asked for everything; undefined when it need not be, or was. */
  #everything: string | undefined;

  constructor(deps: NativeFlowDeps) {
    this.#deps = deps;
    this.#reassembler = new Reassembler(deps.clock);
    this.#inFlight = new TakenMessages(deps.budget);
  }

  /** A native agent was heard on this broker. */
  get seen(): boolean {
    return this.#seen;
  }

  /** Messages taken and not yet settled. */
  get unsettled(): number {
    return this.#inFlight.size;
  }

  /** Bytes of incomplete messages. */
  get heldBytes(): number {
    return this.#reassembler.heldBytes;
  }

  onStart(): void {
    this.#reassembler.clear();
    this.#lanes.clear();
    this.#inFlight.clear();
  }

  onMessage(message: DurableMessage): void {
    this.#seen = true;
    this.#inFlight.add(message);
    const result = this.#reassembler.accept(message);
    if (result.type === 'whole') this.#acceptWhole(message.subject, result.message);
    else if (result.type === 'broken') this.#parkParts('too-large', result.reason, result.parts);
  }

  room(): Promise<void> | undefined {
    return this.#inFlight.room();
  }

  /** Gives back what was taken and is not settled; the broker delivers it again. */
  forget(): void {
    this.#inFlight.clear();
  }

  /** Relays the opening of a run; without an answer of the server the agent gets none either and asks again. */
  async onOpen(message: BrokerMessage): Promise<void> {
    this.#seen = true;
    const { binding, logger } = this.#deps;
    const request = decodeOpen(message.data);
    const refusal =
      request === undefined
        ? 'the request cannot be read'
        : binding.whyForeign(request.clusterId, clusterIdOfSubject(message.subject));
    if (request === undefined || refusal !== undefined) {
      await this.#deps.parking.park({
        reason: request === undefined ? 'malformed' : 'foreign-cluster',
        detail: refusal ?? '',
        subject: message.subject,
        data: message.data,
      });
      return;
    }
    try {
      const answer = await this.#deps.relayOpenRun(message.data);
      const { verdict } = OpenRunResponse.decode(answer);
      if (verdict === RunVerdict.RUN_VERDICT_ACCEPTED) this.#forgetOtherRuns(request.incarnation);
      message.respond(answer);
    } catch (error) {
      logger.warn({ err: error, incarnation: request.incarnation }, 'a run could not be opened');
      const { code, message: reason } = serverFault(error);
      // The one word by which agents of all versions stop.
      if (code === 'meshery-messaging-1510') this.#ask({ ...request, kind: '' }, { type: 'superseded', reason });
    }
  }

  /** The far side holds nothing any more: whichever run is there takes snapshots of all kinds; asked when it can be. */
  askForEverything(reason: string): void {
    this.#everything = reason;
    this.#askForEverything();
  }

  /** To be called regularly: keeps deliveries alive, gives up on gaps and incomplete messages that lasted too long. */
  tick(sayWorking: boolean): void {
    this.#askForEverything();
    if (this.#inFlight.size === 0) return;
    if (sayWorking) for (const message of this.#inFlight) message.working();
    for (const { reason, parts } of this.#reassembler.expired()) this.#parkParts('incomplete', reason, parts);
    const limit = this.#deps.clock.monotonic() - this.#deps.gapWaitMs;
    for (const [key, lane] of this.#lanes) {
      if (lane.gapSince !== undefined && lane.gapSince <= limit) this.#giveUp(key, lane, 'a batch is missing');
    }
  }

  /** Resolves when everything taken so far is settled, as far as the server answers. */
  async drained(): Promise<void> {
    while (this.#work.size > 0) await Promise.allSettled(this.#work);
  }

  #acceptWhole(subject: string, message: WholeMessage): void {
    const head = readBatchHead(message.data);
    if (head === undefined) {
      this.#parkParts('malformed', 'it is not a batch', message.parts);
      return;
    }
    const refusal = this.#deps.binding.whyForeign(head.clusterId, clusterIdOfSubject(subject));
    if (refusal !== undefined) this.#parkParts('foreign-cluster', refusal, message.parts);
    else this.#push({ head, parts: message.parts, data: message.data });
  }

  #push(item: LaneItem): void {
    this.#own(
      this.#deps.push.push(item.head, item.data).then((outcome) => {
        this.#onOutcome(item, outcome);
      }),
    );
  }

  #onOutcome(item: LaneItem, outcome: BatchOutcome): void {
    this.#deps.onOutcome(outcome.verdict);
    const { verdict } = outcome;
    if (verdict === Verdict.VERDICT_GAP) this.#onGap(item, outcome);
    else if (verdict === Verdict.VERDICT_PARKED) this.#onRefused(item, outcome);
    else {
      this.#settle(item);
      if (verdict === Verdict.VERDICT_SUPERSEDED) this.#ask(item.head, { type: 'superseded', reason: outcome.reason });
      else this.#apply(this.#lane(item.head).committed(item.head.sequence));
    }
  }

  #onGap(item: LaneItem, outcome: BatchOutcome): void {
    const lane = this.#lane(item.head);
    if (outcome.expectedSequence === 0) {
      this.#settle(item);
      this.#giveUp(keyOf(item.head), lane, outcome.reason);
      this.#ask(item.head, { type: 'snapshot', kind: item.head.kind, reason: outcome.reason });
      return;
    }
    this.#apply(lane.gap(item, this.#deps.clock.monotonic()));
    if (lane.held > heldMost) this.#giveUp(keyOf(item.head), lane, outcome.reason);
  }

  /** Not storable: kept aside; its sequence number counts as taken only if the server says so for the next one. */
  #onRefused(item: LaneItem, outcome: BatchOutcome): void {
    this.#parkParts('refused', outcome.reason, item.parts, item.data);
    this.#apply(this.#lane(item.head).committed(item.head.sequence));
  }

  #giveUp(key: string, lane: KindLane, reason: string): void {
    const decision = lane.giveUp();
    const first = decision.done[0];
    if (first === undefined) return;
    this.#deps.logger.warn(
      { lane: key, held: decision.done.length, reason },
      'a gap was not closed; asking for a snapshot',
    );
    this.#apply(decision);
    this.#ask(first.head, { type: 'snapshot', kind: first.head.kind, reason });
  }

  #apply(decision: LaneDecision): void {
    for (const item of decision.done) this.#settle(item);
    for (const item of decision.push) this.#push(item);
  }

  #settle(item: LaneItem): void {
    for (const part of item.parts) {
      part.ack();
      this.#inFlight.delete(part);
    }
  }

  #parkParts(reason: ParkReason, detail: string, parts: readonly DurableMessage[], data?: Uint8Array): void {
    const [first] = parts;
    if (first === undefined) return;
    const message = {
      reason,
      detail,
      subject: first.subject,
      data: data ?? Buffer.concat(parts.map((part) => part.data)),
    };
    this.#own(
      this.#deps.parking.park(message).then(() => {
        for (const part of parts) {
          part.term(detail);
          this.#inFlight.delete(part);
        }
      }),
    );
  }

  /** Tells the agent, at most once per gap wait for the same thing. */
  #ask(head: Pick<BatchHead, 'clusterId' | 'incarnation' | 'kind'>, control: IngestControl): void {
    const key = `${head.incarnation} ${control.type} ${head.kind}`;
    const now = this.#deps.clock.monotonic();
    if (now - (this.#asked.get(key) ?? -Infinity) < this.#deps.gapWaitMs) return;
    if (this.#tell(head.clusterId, { control, incarnation: head.incarnation })) this.#asked.set(key, now);
  }

  /** False when it could not be sent. */
  #tell(clusterId: string, message: ControlMessage): boolean {
    try {
      this.#deps.broker.publish(controlSubject(clusterId), encodeControl(message));
      return true;
    } catch (error) {
      this.#deps.logger.warn({ err: error, control: message.control.type }, 'a control could not be sent yet');
      return false;
    }
  }

  /** Without a broker, or without an agent that was heard, it waits for the next tick. */
  #askForEverything(): void {
    const { binding, broker } = this.#deps;
    const reason = this.#everything;
    if (reason === undefined || binding.clusterId === undefined || !broker.status().connected) return;
    if (this.#tell(binding.clusterId, { control: { type: 'snapshot-all', reason } })) this.#everything = undefined;
  }

  #lane(head: BatchHead): KindLane {
    const key = keyOf(head);
    const lane = this.#lanes.get(key) ?? new KindLane();
    this.#lanes.set(key, lane);
    return lane;
  }

  #forgetOtherRuns(incarnation: string): void {
    for (const [key, lane] of this.#lanes) if (!key.startsWith(incarnation) && lane.held === 0) this.#lanes.delete(key);
    for (const key of this.#asked.keys()) if (!key.startsWith(incarnation)) this.#asked.delete(key);
  }

  #own(work: Promise<void>): void {
    const owned = work.catch((error: unknown) => {
      this.#deps.logger.error({ err: error }, 'a batch could not be handled');
    });
    this.#work.add(owned);
    owned.finally(() => this.#work.delete(owned)).catch(() => undefined);
  }
}

function keyOf(head: BatchHead): string {
  return `${head.incarnation} ${head.kind}`;
}
