import { encodeReply, parseEnvelope, publishedSubjects, replySubjectOf, requestQueue } from '@meshery/contracts';
import type { EnvelopeRequest } from '@meshery/contracts';
import type { Clock, Logger } from '@meshery/observability';
import type { Broker, BrokerMessage } from '@meshery/messaging';
import type { PublishedPort } from './published-port.ts';

/** What a RequestServer needs. */
export interface RequestServerDeps {
  readonly broker: Broker;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly version: string;
  /** Absent in the native format: then only the version is answered, runs serve the rest. */
  readonly port?: PublishedPort;
}

/** Requests of the same kind within this time count once. */
const debounceMs = 5000;

/** Answers the published requests of a server. */
export class RequestServer {
  readonly #deps: RequestServerDeps;
  readonly #last = new Map<string, number>();

  constructor(deps: RequestServerDeps) {
    this.#deps = deps;
  }

  /** Begins to listen, until the signal aborts. */
  start(signal: AbortSignal): void {
    const onMessage = (message: BrokerMessage): void => {
      this.onMessage(message);
    };
    this.#deps.broker.subscribe(publishedSubjects.request, onMessage, {
      signal,
      queue: requestQueue,
      maxPending: 1000,
    });
  }

  onMessage(message: BrokerMessage): void {
    const parsed = parseEnvelope(message.data);
    const request = parsed.ok ? parsed.value.Request : null;
    if (request === null)
      this.#deps.logger.warn({ subject: message.subject }, 'a request that cannot be read was ignored');
    else this.#answer(request);
  }

  #answer(request: EnvelopeRequest): void {
    const { broker, version, port, logger } = this.#deps;
    switch (request.Entity) {
      case 'meshsync-meta':
        broker.publish(publishedSubjects.meta, encodeReply(version));
        return;
      case 'resync-discovery':
        if (this.#isFirst('resync-discovery')) port?.resync('resync-discovery');
        return;
      case 'informer-store': {
        const reply = replySubjectOf(request.Payload);
        if (reply === undefined) logger.warn({}, 'an informer-store request without a reply subject was ignored');
        else if (this.#isFirst(`informer-store ${reply}`)) port?.sendStore(reply);
        return;
      }
      default:
        logger.info({ entity: request.Entity }, 'a request of a kind that this agent does not serve was ignored');
    }
  }

  #isFirst(key: string): boolean {
    const now = this.#deps.clock.monotonic();
    if (now - (this.#last.get(key) ?? -Infinity) < debounceMs) return false;
    this.#last.set(key, now);
    return true;
  }
}
