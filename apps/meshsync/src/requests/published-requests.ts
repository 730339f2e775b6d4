import {
  encodeReply,
  encodeSessionEvent,
  execInputOf,
  execInputSubject,
  execOutputSubject,
  execRequestsOf,
  logRequestsOf,
  parseEnvelope,
  publishedSubjects,
  replySubjectOf,
  requestQueue,
  speaksNativeHeader,
} from '@meshery/contracts';
import type {
  EnvelopeRequest,
  Parsed,
  PublishedExecRequest,
  PublishedLogRequest,
  PublishedSession,
} from '@meshery/contracts';
import { toMesheryError } from '@meshery/errors';
import type { BrokerMessage } from '@meshery/messaging';
import { BrokerSender } from './broker-sender.ts';
import { ExecInput } from './exec-input.ts';
import { PublishedExecOutlet, PublishedLogOutlet, sendExecError, sendLogError } from './published-outlets.ts';
import { checkAllowed } from './request-context.ts';
import type { PublishedContext } from './request-context.ts';
import type { SessionKind } from './request-errors.ts';
import type { Session, SessionFacts } from './session-table.ts';

/** Requests of the same kind within this time count once. */
const debounceMs = 5000;

/** Time between two looks at what is watched. */
const lookEveryMs = 100;

/** Time between two lists of terminals. */
const activeEveryMs = 10_000;

/** Answers the requests of published servers. */
export class PublishedRequests {
  readonly #context: PublishedContext;
  readonly #last = new Map<string, number>();
  #ticking = false;

  constructor(context: PublishedContext) {
    this.#context = context;
  }

  /** Begins to listen, until the signal aborts. */
  start(signal: AbortSignal): void {
    const onMessage = (message: BrokerMessage): void => {
      this.#onMessage(message, signal);
    };
    const options = { signal, queue: requestQueue, maxPending: 1000 };
    this.#context.broker.subscribe(publishedSubjects.request, onMessage, options);
  }

  #onMessage(message: BrokerMessage, signal: AbortSignal): void {
    const parsed = parseEnvelope(message.data);
    const request = parsed.ok ? parsed.value.Request : null;
    const { logger, stores } = this.#context;
    if (request === null) {
      logger.warn({ subject: message.subject }, 'a request that cannot be read was ignored');
    } else if (request.Entity === 'resync-discovery' || request.Entity === 'informer-store') {
      const arrivesAnyway = stores.native && message.headers[speaksNativeHeader] !== undefined;
      if (!arrivesAnyway) this.#onInventory(request, signal);
    } else {
      this.#onOther(request, signal);
    }
  }

  #onInventory({ Entity: entity, Payload: payload }: EnvelopeRequest, signal: AbortSignal): void {
    const { agent, logger } = this.#context;
    if (entity === 'resync-discovery') {
      if (this.#isFirst(entity)) agent.resync(entity);
      return;
    }
    const reply = replySubjectOf(payload);
    if (reply === undefined) logger.warn({}, 'an informer-store request without a reply subject was ignored');
    else if (this.#isFirst(`${entity} ${reply}`)) {
      this.#sendStore(reply, signal).catch((error: unknown) => {
        if (!signal.aborted) logger.error({ err: error }, 'the inventory cannot be sent to who asked for it');
      });
    }
  }

  /** Servers ask as soon as they are connected, perhaps before the agent knows what there is. */
  async #sendStore(reply: string, signal: AbortSignal): Promise<void> {
    const { stores, kinds, clock } = this.#context;
    while (kinds().length === 0) await clock.sleep(lookEveryMs, signal);
    stores.send(reply, kinds());
  }

  #onOther({ Entity: entity, Payload: payload }: EnvelopeRequest, signal: AbortSignal): void {
    const { broker, version, logger } = this.#context;
    switch (entity) {
      case 'meshsync-meta':
        broker.publish(publishedSubjects.meta, encodeReply(version));
        return;
      case 'log-stream':
        for (const request of logRequestsOf(payload)) this.#each(request, (value) => this.#onLogs(value));
        return;
      case 'exec-request':
        for (const request of execRequestsOf(payload)) this.#each(request, (value) => this.#onExec(value));
        return;
      case 'active-exec':
        this.#startTicker(signal);
        return;
      default:
        logger.info({ entity }, 'a request of a kind that this agent does not know was ignored');
    }
  }

  #each<T>(request: Parsed<T>, serve: (value: T) => void): void {
    if (request.ok) serve(request.value);
    else this.#context.logger.warn({ reason: request.reason }, 'a request that cannot be read was ignored');
  }

  #onLogs(request: PublishedLogRequest): void {
    const { broker, clock, sessions, pods } = this.#context;
    const facts = factsOf('logs', request);
    if (request.stop) {
      sessions.stop(facts.key);
      return;
    }
    const sender = BrokerSender.to(publishedSubjects.logs, broker, clock);
    const work = async (session: Session): Promise<void> => {
      const outlet = new PublishedLogOutlet(sender, request, session);
      await pods.logs({ ...request, timestamps: true }, outlet, session);
    };
    try {
      checkAllowed(this.#context, 'logs');
      sessions.open(facts, work, (error) => {
        if (error !== undefined) sendLogError(sender, request, error);
      });
    } catch (error) {
      sendLogError(sender, request, toMesheryError(error));
    }
  }

  #onExec(request: PublishedExecRequest): void {
    const { broker, clock, sessions } = this.#context;
    const facts = factsOf('exec', request);
    if (request.stop) {
      sessions.stop(facts.key);
      return;
    }
    const sender = BrokerSender.to(execOutputSubject(request), broker, clock);
    try {
      checkAllowed(this.#context, 'exec');
      sessions.open(
        facts,
        (session) => this.#runShell(request, sender, session),
        (error) => {
          if (error !== undefined) sendExecError(sender, error);
        },
      );
    } catch (error) {
      sendExecError(sender, toMesheryError(error));
    }
  }

  /** Published terminals run a shell, and each message of input is a line. */
  async #runShell(request: PublishedExecRequest, sender: BrokerSender, session: Session): Promise<void> {
    const { broker, pods } = this.#context;
    const input = new ExecInput(session);
    const onInput = (message: BrokerMessage): void => {
      const line = execInputOf(message.data);
      if (line !== undefined) input.write(`${line}\n`);
    };
    broker.subscribe(execInputSubject(request), onInput, { signal: session.signal, maxPending: 256 });
    const { namespace, pod, container } = request;
    const target = { namespace, pod, container, command: ['/bin/sh'], tty: true };
    await pods.exec(target, input, new PublishedExecOutlet(sender, session), session);
  }

  /** One for everybody, from the first wish on. */
  #startTicker(signal: AbortSignal): void {
    if (this.#ticking) return;
    this.#ticking = true;
    this.#tick(signal).catch((error: unknown) => {
      this.#ticking = false;
      if (!signal.aborted) this.#context.logger.warn({ err: error }, 'the list of terminals is not published any more');
    });
  }

  async #tick(signal: AbortSignal): Promise<void> {
    const { broker, clock, sessions } = this.#context;
    const sender = BrokerSender.to(publishedSubjects.activeSessions, broker, clock);
    for (;;) {
      const terminals = sessions.list().filter(({ kind, form }) => kind === 'exec' && form === 'published');
      const ids = terminals.map(({ key }) => key);
      await sender.send(encodeSessionEvent('active-exec', 'ADDED', ids), signal);
      await clock.sleep(activeEveryMs, signal);
    }
  }

  #isFirst(key: string): boolean {
    const now = this.#context.clock.monotonic();
    if (now - (this.#last.get(key) ?? -Infinity) < debounceMs) return false;
    this.#last.set(key, now);
    return true;
  }
}

/** Two viewers of one container are two sessions: the id is part of the key. */
function factsOf(kind: SessionKind, session: PublishedSession): SessionFacts {
  const { id, namespace, pod, container } = session;
  const subject = execOutputSubject(session);
  return { key: kind === 'exec' ? subject : `logs ${subject}`, kind, form: 'published', id, namespace, pod, container };
}
