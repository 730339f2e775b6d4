import { Batch, ChangeType, KindState, OpenRunResponse, RunVerdict, allOpenSubject } from '@meshery/contracts';
import type { ObjectChange } from '@meshery/contracts';
import { NatsBroker, Reassembler, batchStream } from '@meshery/messaging';
import type { NatsBrokerOptions } from '@meshery/messaging';
import { createLogger, systemClock } from '@meshery/observability';

const left: ReadonlySet<KindState> = new Set([KindState.KIND_STATE_EXCLUDED, KindState.KIND_STATE_REMOVED]);

/** The other end of the native path, kept in memory: what a bridge and a server would have stored. Close it when done. */
export class FarSide {
  readonly broker: NatsBroker;
  readonly #rows = new Map<string, { readonly kind: string; readonly change: ObjectChange }>();
  readonly #stop = new AbortController();
  readonly #reassembler = new Reassembler(systemClock);
  #consumed: Promise<void> = Promise.resolve();

  private constructor(broker: NatsBroker) {
    this.broker = broker;
  }

  static async open(options: Omit<NatsBrokerOptions, 'name'>): Promise<FarSide> {
    const logger = createLogger({ service: 'test', level: 'silent' });
    const broker = new NatsBroker(
      { name: 'meshery-server', reconnectMs: 50, ...options },
      { clock: systemClock, logger },
    );
    const side = new FarSide(broker);
    await broker.open(AbortSignal.timeout(30_000));
    await side.#serve();
    return side;
  }

  /** Resource keys of the kinds that it has objects of. */
  kinds(): readonly string[] {
    return [...new Set([...this.#rows.values()].map(({ kind }) => kind))].sort();
  }

  /** True when it has an object of this name. */
  has(name: string): boolean {
    return [...this.#rows.values()].some(({ change }) => change.name === name);
  }

  async close(): Promise<void> {
    this.#stop.abort(new Error('the test is over'));
    await this.#consumed;
    await this.broker.close();
  }

  async #serve(): Promise<void> {
    const { signal } = this.#stop;
    const answer = OpenRunResponse.encode({ verdict: RunVerdict.RUN_VERDICT_ACCEPTED, checkpoints: [] }).finish();
    this.broker.subscribe(allOpenSubject, (message) => void message.respond(answer), { signal });
    await this.broker.ensureStream(batchStream(), signal);
    const spec = { stream: batchStream().name, name: 'test', ackWaitMs: 30_000, maxInFlight: 64 };
    this.#consumed = this.broker.consume(
      spec,
      {
        onStart: () => {
          this.#reassembler.clear();
        },
        onMessage: (message) => {
          const result = this.#reassembler.accept(message);
          if (result.type !== 'whole') return;
          this.#take(Batch.decode(result.message.data));
          for (const part of result.message.parts) part.ack();
        },
      },
      signal,
    );
  }

  #take({ kind, body }: Batch): void {
    if (body?.$case === 'kindReport' && left.has(body.value.state)) this.#remove(kind);
    for (const change of body?.$case === 'changes' ? body.value.objects : []) {
      if (change.type === ChangeType.CHANGE_TYPE_UPSERT) this.#rows.set(change.uid, { kind, change });
      else this.#rows.delete(change.uid);
    }
  }

  #remove(kind: string): void {
    for (const [uid, row] of this.#rows) if (row.kind === kind) this.#rows.delete(uid);
  }
}
