import {
  encodeSessionInput,
  isLastAnswer,
  parseAgentAnswer,
  parseAgentRequest,
  requestSubject,
  sessionSubject,
} from '@meshery/contracts';
import { toMesheryError } from '@meshery/errors';
import type { MesheryError } from '@meshery/errors';
import type { Broker, BrokerMessage, IncomingRequest } from '@meshery/messaging';
import { agentAbsent, lastWordOf } from './relay-faults.ts';

/** Answers that may wait: a window of an agent has 16 pieces. */
const maxPending = 100;

/** One request of the server on its way over the broker of a cluster, until its last word. */
export class RelayedRequest {
  readonly id: string;
  readonly #incoming: IncomingRequest;
  readonly #broker: Broker;
  readonly #end = new AbortController();
  readonly #onEnd: () => void;
  #isSession = false;

  constructor(incoming: IncomingRequest, broker: Broker, onEnd: () => void) {
    const parsed = parseAgentRequest(incoming.data);
    // A request that cannot be read is the agent's to refuse.
    this.id = parsed.ok ? parsed.value.id : '';
    this.#incoming = incoming;
    this.#broker = broker;
    this.#onEnd = onEnd;
  }

  /** True once the agent has opened a session for it. */
  get isSession(): boolean {
    return this.#isSession;
  }

  /** Sends it on. */
  start(): void {
    const { clusterId, verb, data, lost } = this.#incoming;
    const { signal } = this.#end;
    const onAnswer = (message: BrokerMessage): Promise<void> => this.#onAnswer(message);
    try {
      this.#broker.requestMany(requestSubject(clusterId, verb), data, onAnswer, { signal, maxPending });
    } catch (error) {
      this.fail(toMesheryError(error));
      return;
    }
    this.#incoming.hear(
      this.id,
      (message) => {
        this.#tell(message);
      },
      signal,
    );
    const stop = (): void => {
      this.stop();
    };
    lost?.addEventListener('abort', stop, { once: true, signal });
  }

  /** Ends it at the agent, and with `error` at the server, unless that is gone. */
  stop(error?: MesheryError): void {
    if (this.#isSession) this.#tell(Buffer.from(encodeSessionInput({ type: 'stop' })));
    if (error === undefined) this.#close();
    else this.fail(error);
  }

  /** It cannot go on; the server is told why. */
  fail(error: MesheryError): void {
    if (this.#end.signal.aborted) return;
    this.#incoming.sendLast(lastWordOf(this.id, error));
    this.#close();
  }

  async #onAnswer({ data }: BrokerMessage): Promise<void> {
    const { signal } = this.#end;
    if (signal.aborted) return;
    if (data.byteLength === 0) {
      this.fail(agentAbsent());
      return;
    }
    const text = Buffer.from(data).toString('utf8');
    const answer = parseAgentAnswer(data);
    if (answer.ok && !isLastAnswer(answer.value.output)) {
      this.#isSession = true;
      // Rejects only when this request is over, or the stream of the server, whose end stops it as well.
      await this.#incoming.send(text, signal).catch(() => undefined);
    } else {
      // What cannot be read is told as well: the server ends the session for it.
      this.#incoming.sendLast(text);
      this.#close();
    }
  }

  #tell(message: Uint8Array): void {
    try {
      this.#broker.publish(sessionSubject(this.#incoming.clusterId, this.id), message);
    } catch (error) {
      this.fail(toMesheryError(error));
    }
  }

  #close(): void {
    if (this.#end.signal.aborted) return;
    this.#end.abort(new Error('the request ended'));
    this.#onEnd();
  }
}
