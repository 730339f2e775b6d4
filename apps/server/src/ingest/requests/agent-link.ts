import { encodeSessionInput, isLastAnswer, isSubjectToken, parseAgentAnswer } from '@meshery/contracts';
import type {
  ForwardedRequest,
  RequestAnswer,
  ServeRequest,
  ServeResponse,
  SessionInput,
  SessionOutput,
} from '@meshery/contracts';
import type { MesheryError } from '@meshery/errors';
import type { Logger } from '@meshery/observability';
import type { ServerDuplexStream } from '@grpc/grpc-js';
import { isBound } from '../bridge-bindings.ts';
import type { Caller } from '../bridge-bindings.ts';
import { agentLost, answerUnusable, inputTooFast, tooManyRequests } from './request-faults.ts';

/** The Serve stream of a server. */
export type ServeServerCall = ServerDuplexStream<ServeRequest, ServeResponse>;

/** Who waits for answers. */
export interface AnswerListener {
  answer(output: SessionOutput): void;
  /** There will be no answer any more. */
  lost(error: MesheryError): void;
}

/** What an AgentLink needs. */
export interface AgentLinkDeps {
  readonly caller: Caller;
  readonly logger: Logger;
  /** A cluster is served over this link from now on, or not any more. */
  readonly onCluster: (clusterId: string, served: boolean) => void;
  readonly onEnd: () => void;
}

/** Requests of one link that may be open; an agent has a bound of its own, a bridge carries many agents. */
const maxOpen = 4096;
/** Bytes that may wait to be sent. */
const maxWaiting = 1024 * 1024;

/** One Serve stream: requests go down, answers come up, told apart by the id of their request. */
export class AgentLink {
  readonly #call: ServeServerCall;
  readonly #deps: AgentLinkDeps;
  readonly #open = new Map<string, AnswerListener>();
  #waiting = 0;
  #isOver = false;

  constructor(call: ServeServerCall, deps: AgentLinkDeps) {
    this.#call = call;
    this.#deps = deps;
  }

  /** Begins to read; the link lives until the caller or `end` ends it. */
  start(): void {
    if (this.#call.cancelled) return;
    this.#call.on('data', ({ body }: ServeRequest) => {
      if (body?.$case === 'answer') this.#onAnswer(body.value);
      else if (body?.$case === 'cluster') this.#onCluster(body.value.clusterId, body.value.served);
    });
    for (const event of ['error', 'close', 'cancelled', 'end']) {
      this.#call.on(event, () => {
        this.end(agentLost());
      });
    }
  }

  /** Sends a request. Throws `meshery-core-1005` or `-1006` when there is no room, `meshery-messaging-1500` when it is over. */
  ask(request: ForwardedRequest, listener: AnswerListener): void {
    if (this.#open.size >= maxOpen) throw tooManyRequests(maxOpen);
    this.#write({ body: { $case: 'request', value: request } }, request.message.length);
    this.#open.set(request.id, listener);
  }

  /** Tells a session something. Throws as `ask` does. */
  tell(id: string, input: SessionInput): void {
    const message = Buffer.from(encodeSessionInput(input));
    this.#write({ body: { $case: 'sessionMessage', value: { id, message } } }, message.length);
  }

  /** Nobody waits for this request any more. */
  forget(id: string): void {
    this.#open.delete(id);
  }

  /** Ends the link; whoever waits for answers is told why. */
  end(reason: MesheryError): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#deps.onEnd();
    for (const listener of this.#open.values()) listener.lost(reason);
    this.#open.clear();
    this.#call.end();
  }

  #onCluster(clusterId: string, served: boolean): void {
    const { caller, logger, onCluster } = this.#deps;
    // One wrong cluster of a bridge must not cost the others their requests.
    if (isSubjectToken(clusterId) && isBound(caller, clusterId)) onCluster(clusterId, served);
    else logger.warn({ bridge: caller.name }, 'it wants to serve requests of a cluster that it is not bound to');
  }

  #onAnswer({ id, message }: RequestAnswer): void {
    const listener = this.#open.get(id);
    if (listener === undefined) return;
    const parsed = parseAgentAnswer(message);
    if (!parsed.ok) {
      this.#open.delete(id);
      listener.lost(answerUnusable(parsed.reason));
      return;
    }
    const { output } = parsed.value;
    if (isLastAnswer(output)) this.#open.delete(id);
    listener.answer(output);
  }

  #write(response: ServeResponse, bytes: number): void {
    if (this.#isOver) throw agentLost();
    if (this.#waiting + bytes > maxWaiting) throw inputTooFast(maxWaiting);
    this.#waiting += bytes;
    this.#call.write(response, () => {
      this.#waiting -= bytes;
    });
  }
}
