import type { Clock, Logger } from '@meshery/observability';
import pg from 'pg';
import { errorMessage } from '../shared/error-code.ts';

/** How often a connection that says nothing is asked whether it is still there, and how long it may think. */
const beatMs = 10_000;
const answerMs = 5000;
const firstPauseMs = 50;
const longestPauseMs = 5000;

/** The class of the advisory locks of leaders; the writer's lock is of another kind. */
const leaderLocks = 0x4d455348;

/** What is listened to, and who hears it. */
export interface PgListenerOptions {
  readonly url: string;
  /** A plain SQL name. */
  readonly channel: string;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Called with the text of each notification, in order; undefined when some may have been missed. Must not throw. */
  readonly onNote: (text: string | undefined) => void;
}

/** Hears the notifications of a channel on a connection of its own, which is made again whenever it breaks. */
export class PgListener {
  readonly #options: PgListenerOptions;
  readonly #stop = new AbortController();
  #client: ListeningClient | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(options: PgListenerOptions) {
    this.#options = options;
  }

  /** Resolves when it listens; rejects with the error of `pg` when the database does not answer. */
  async start(): Promise<void> {
    const client = await this.#listen();
    this.#running = this.#run(client);
  }

  /**
   * Asks to lead what is named; true when this process does, and no other of the database. Whoever leads does so until
   * its connection ends: ask again before each piece of work.
   */
  async leads(name: string): Promise<boolean> {
    try {
      return (await this.#client?.leads(name)) ?? false;
    } catch (error) {
      this.#options.logger.debug({ reason: errorMessage(error) }, 'the database was not asked who leads');
      return false;
    }
  }

  /** Resolves when the connection is closed. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async #run(first: ListeningClient): Promise<void> {
    const { onNote, logger } = this.#options;
    let client: ListeningClient | undefined = first;
    while (client !== undefined) {
      this.#client = client;
      await this.#stayOn(client);
      this.#client = undefined;
      await client
        .end()
        .catch((error: unknown) => logger.debug({ reason: errorMessage(error) }, 'it was gone already'));
      client = await this.#listenAgain();
      if (client !== undefined) onNote(undefined);
    }
  }

  /** Resolves when the connection broke or is not wanted any more. */
  async #stayOn(client: ListeningClient): Promise<void> {
    const { clock, logger } = this.#options;
    const done = AbortSignal.any([this.#stop.signal, client.broken]);
    try {
      while (await isLater(clock, beatMs, done)) await client.query('SELECT 1');
    } catch (error) {
      logger.debug({ reason: errorMessage(error) }, 'the database did not answer');
    }
    if (!this.#stop.signal.aborted) logger.warn({}, 'commits of other servers are not heard: connecting again');
  }

  async #listenAgain(): Promise<ListeningClient | undefined> {
    const { clock, logger } = this.#options;
    let pauseMs = firstPauseMs;
    while (await isLater(clock, pauseMs, this.#stop.signal)) {
      try {
        return await this.#listen();
      } catch (error) {
        logger.debug({ reason: errorMessage(error) }, 'the database cannot be listened to yet');
        pauseMs = Math.min(longestPauseMs, pauseMs * 2);
      }
    }
    return undefined;
  }

  async #listen(): Promise<ListeningClient> {
    const { url, channel, onNote } = this.#options;
    const client = new ListeningClient(url);
    client.on('notification', ({ payload }) => {
      onNote(payload ?? '');
    });
    try {
      await client.connect();
      await client.query(`LISTEN ${channel}`);
      return client;
    } catch (error) {
      // It may not have come far enough to be ended; why it failed is what counts.
      await client.end().catch(() => undefined);
      throw error;
    }
  }
}

/** Waits; false when it was ended before the time. */
async function isLater(clock: Clock, ms: number, signal: AbortSignal): Promise<boolean> {
  await clock.sleep(ms, signal).catch(() => undefined);
  return !signal.aborted;
}

/** A connection that says when it is gone. */
class ListeningClient extends pg.Client {
  readonly #gone = new AbortController();
  readonly #led = new Set<string>();

  constructor(url: string) {
    super({
      connectionString: url,
      connectionTimeoutMillis: answerMs,
      query_timeout: answerMs,
      keepAlive: true,
      application_name: 'meshery-listener',
    });
    // An error without a listener would end the process.
    for (const event of ['error', 'end'] as const) this.on(event, () => this.#gone.abort());
  }

  get broken(): AbortSignal {
    return this.#gone.signal;
  }

  /** The lock is the session's: an answer on this connection proves that it is still held. */
  async leads(name: string): Promise<boolean> {
    const isLed = this.#led.has(name);
    const lock = isLed ? 'SELECT true AS leads' : 'SELECT pg_try_advisory_lock($1, hashtext($2)) AS leads';
    const { rows } = await this.query<{ leads: boolean }>(lock, isLed ? [] : [leaderLocks, name]);
    if (rows[0]?.leads !== true) return false;
    this.#led.add(name);
    return true;
  }
}
