import { type JetStreamClient, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { type MsgHdrs, type NatsConnection, connect, headers } from '@nats-io/transport-node';

/** A message as it passed by. */
export interface TappedMessage {
  readonly subject: string;
  readonly data: Uint8Array;
  readonly headers: readonly (readonly [string, string])[];
}

/** A client of the broker that listens to everything and can say anything. Close it when done. */
export class BrokerTap {
  readonly messages: TappedMessage[] = [];
  readonly #connection: NatsConnection;
  readonly #stream: JetStreamClient;
  #sent = 0;

  private constructor(connection: NatsConnection) {
    this.#connection = connection;
    this.#stream = jetstream(connection);
  }

  /** Connects and keeps every message of the subject. */
  static async open(port: number, subject: string): Promise<BrokerTap> {
    const tap = new BrokerTap(await connect({ servers: `127.0.0.1:${String(port)}`, timeout: 30_000 }));
    tap.#connection.subscribe(subject, {
      callback: (error, message) => {
        if (error === null) tap.messages.push(keep(message));
      },
    });
    await tap.#connection.flush();
    return tap;
  }

  /** Stores a message in the stream of its subject, under an id that the broker has not seen. */
  async store(message: TappedMessage): Promise<void> {
    this.#sent += 1;
    const sent = headers();
    for (const [name, value] of message.headers) if (name !== 'Nats-Msg-Id') sent.append(name, value);
    const msgID = `tap-${String(process.pid)}-${String(performance.now())}-${String(this.#sent)}`;
    await this.#stream.publish(message.subject, message.data, { headers: sent, msgID, timeout: 30_000 });
  }

  /** Says something without storing it. */
  publish(subject: string, data: Uint8Array | string): void {
    this.#connection.publish(subject, data);
  }

  /** Everything that the stream of a subject keeps, oldest first. */
  async stored(subject: string): Promise<TappedMessage[]> {
    const manager = await jetstreamManager(this.#connection);
    const stream = await manager.streams.find(subject);
    const { state } = await manager.streams.info(stream);
    const kept: TappedMessage[] = [];
    for (let seq = state.first_seq; seq <= state.last_seq; seq += 1) {
      const message = await manager.streams.getMessage(stream, { seq });
      if (message !== null) kept.push(keep(message));
    }
    return kept;
  }

  async close(): Promise<void> {
    await this.#connection.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}

interface AnyMessage {
  readonly subject: string;
  readonly data: Uint8Array;
  readonly headers?: MsgHdrs;
  readonly header?: MsgHdrs;
}

function keep(message: AnyMessage): TappedMessage {
  const carried = message.headers ?? message.header;
  const kept = (carried?.keys() ?? []).map((name) => [name, carried?.get(name) ?? ''] as const);
  return { subject: message.subject, data: message.data.slice(), headers: kept };
}
