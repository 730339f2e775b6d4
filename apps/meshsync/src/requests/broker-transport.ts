import { requestSubject, requestVerbs, sessionSubject } from '@meshery/contracts';
import type { RequestVerb } from '@meshery/contracts';
import type { Broker, BrokerMessage, IncomingRequest, RequestTransport } from '@meshery/messaging';
import type { Clock } from '@meshery/observability';
import { BrokerSender } from './broker-sender.ts';

/** Of two agents of one cluster, as during an update, one answers. */
const queue = 'meshsync-requests';
const maxPending = 1000;

/** Native requests that come over a broker. */
export class BrokerTransport implements RequestTransport {
  readonly #broker: Broker;
  readonly #clock: Clock;

  constructor(broker: Broker, clock: Clock) {
    this.#broker = broker;
    this.#clock = clock;
  }

  serve(clusterId: string, onRequest: (request: IncomingRequest) => void, signal: AbortSignal): void {
    for (const verb of requestVerbs) {
      const onMessage = (message: BrokerMessage): void => {
        onRequest(this.#incoming(clusterId, verb, message));
      };
      this.#broker.subscribe(requestSubject(clusterId, verb), onMessage, { signal, queue, maxPending });
    }
  }

  #incoming(clusterId: string, verb: RequestVerb, message: BrokerMessage): IncomingRequest {
    const sender = BrokerSender.answering(message, this.#broker, this.#clock);
    return {
      clusterId,
      verb,
      data: message.data,
      send: (text, signal) => sender.send(text, signal),
      sendLast: (text) => {
        sender.sendLast(text);
      },
      hear: (id, onMessage, signal) => {
        const pass = ({ data }: BrokerMessage): void => {
          onMessage(data);
        };
        this.#broker.subscribe(sessionSubject(clusterId, id), pass, { signal, maxPending });
      },
    };
  }
}
