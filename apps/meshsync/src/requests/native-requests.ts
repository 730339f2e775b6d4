import {
  encodeSessionOutput,
  parseAgentRequest,
  parseExecRequest,
  parseLogsRequest,
  parseSessionInput,
  requestSubject,
  requestVerbs,
  sessionSubject,
} from '@meshery/contracts';
import type { AgentRequest, ExecRequest, LogsRequest, Parsed, RequestVerb, SessionInput } from '@meshery/contracts';
import { toMesheryError } from '@meshery/errors';
import type { Impersonation } from '@meshery/kube/streams';
import type { BrokerMessage } from '@meshery/messaging';
import { BrokerSender } from './broker-sender.ts';
import { ExecInput } from './exec-input.ts';
import { NativeOutlet, sentErrorOf } from './native-outlet.ts';
import { checkAllowed } from './request-context.ts';
import type { RequestContext } from './request-context.ts';
import { requestMalformed } from './request-errors.ts';
import type { SessionKind } from './request-errors.ts';
import type { Session, SessionFacts } from './session-table.ts';

/** Of two agents of one cluster, as during an update, one answers. */
const queue = 'meshsync-requests';

/** Longest wait for an acknowledgement, in ms. */
const ackMs = 30_000;

/** A request with what is needed to answer it. */
interface Asked<T extends AgentRequest> {
  readonly request: T;
  readonly clusterId: string;
  readonly sender: BrokerSender;
}

/** Answers the native requests for the cluster that is being discovered. */
export class NativeRequests {
  readonly #context: RequestContext;
  #listening = new AbortController();

  constructor(context: RequestContext) {
    this.#context = context;
  }

  /** Begins to listen, until the signal aborts. */
  start(signal: AbortSignal): void {
    this.#context.agent.onCluster((clusterId) => {
      this.#listening.abort();
      this.#listening = new AbortController();
      const either = AbortSignal.any([signal, this.#listening.signal]);
      for (const verb of requestVerbs) this.#listen(clusterId, verb, either);
    });
  }

  #listen(clusterId: string, verb: RequestVerb, signal: AbortSignal): void {
    const { broker, clock } = this.#context;
    const onMessage = (message: BrokerMessage): void => {
      const sender = BrokerSender.answering(message, broker, clock);
      this.#onRequest(verb, message.data, { clusterId, sender });
    };
    broker.subscribe(requestSubject(clusterId, verb), onMessage, { signal, queue, maxPending: 1000 });
  }

  #onRequest(verb: RequestVerb, data: Uint8Array, from: Omit<Asked<AgentRequest>, 'request'>): void {
    const common = parseAgentRequest(data);
    const id = common.ok ? common.value.id : '';
    try {
      if (verb === 'logs') this.#logs({ ...from, request: valueOf(parseLogsRequest(data)) });
      else if (verb === 'exec') this.#exec({ ...from, request: valueOf(parseExecRequest(data)) });
      else this.#answer(verb, { ...from, request: valueOf(common) });
    } catch (error) {
      from.sender.sendLast(encodeSessionOutput(id, sentErrorOf(toMesheryError(error))));
    }
  }

  #answer(verb: Exclude<RequestVerb, SessionKind>, { request, clusterId, sender }: Asked<AgentRequest>): void {
    const { version, policy, sessions, agent } = this.#context;
    const results = {
      meta: () => ({ version, clusterId, allowLogs: policy.logs, allowExec: policy.exec }),
      sessions: () => sessions.list(),
      resync: () => ({ accepted: agent.resync('resync request') }),
    };
    sender.sendLast(encodeSessionOutput(request.id, { type: 'end', result: results[verb]() }));
  }

  #logs(asked: Asked<LogsRequest>): void {
    const target = { ...asked.request, ...impersonateOf(asked.request) };
    this.#open('logs', asked, async (session, outlet) => {
      this.#hear(asked, session, outlet);
      await outlet.started();
      await this.#context.pods.logs(target, outlet, session);
    });
  }

  #exec(asked: Asked<ExecRequest>): void {
    const target = { ...asked.request, ...impersonateOf(asked.request) };
    this.#open('exec', asked, async (session, outlet) => {
      const input = new ExecInput(session, asked.request.size);
      this.#hear(asked, session, outlet, input);
      await outlet.started();
      await this.#context.pods.exec(target, input, outlet, session);
    });
  }

  #open(
    kind: SessionKind,
    { request, sender }: Asked<LogsRequest | ExecRequest>,
    work: (session: Session, outlet: NativeOutlet) => Promise<void>,
  ): void {
    checkAllowed(this.#context, kind);
    const { sessions, clock } = this.#context;
    const outletOf = (session: Session): NativeOutlet => new NativeOutlet({ sender, clock, ackMs }, session);
    sessions.open(
      factsOf(kind, request),
      (session) => work(session, outletOf(session)),
      (error) => {
        sender.sendLast(encodeSessionOutput(request.id, error === undefined ? { type: 'end' } : sentErrorOf(error)));
      },
    );
  }

  /** Listens to what the client says while the session lasts. */
  #hear({ clusterId, request }: Asked<AgentRequest>, session: Session, outlet: NativeOutlet, input?: ExecInput): void {
    const { broker, logger } = this.#context;
    const onMessage = (message: BrokerMessage): void => {
      const said = parseSessionInput(message.data);
      if (said.ok) this.#apply(said.value, session, outlet, input);
      else logger.warn({ session: session.facts, reason: said.reason }, 'a session message was ignored');
    };
    const options = { signal: session.signal, maxPending: 1000 };
    broker.subscribe(sessionSubject(clusterId, request.id), onMessage, options);
  }

  #apply(said: SessionInput, session: Session, outlet: NativeOutlet, input: ExecInput | undefined): void {
    session.touch();
    if (said.type === 'stop') this.#context.sessions.stop(session.facts.key);
    else if (said.type === 'ack') outlet.acknowledge(said.sequence);
    else if (said.type === 'input') input?.write(said.data);
    else if (said.type === 'resize') input?.resize(said);
    else input?.end();
  }
}

function valueOf<T>(parsed: Parsed<T>): T {
  if (parsed.ok) return parsed.value;
  throw requestMalformed(parsed.reason);
}

function impersonateOf({ user, groups }: AgentRequest): { readonly impersonate?: Impersonation } {
  return user === undefined ? {} : { impersonate: { user, groups } };
}

function factsOf(kind: SessionKind, request: LogsRequest | ExecRequest): SessionFacts {
  const { id, namespace, pod, container } = request;
  const place = { namespace, pod, ...(container === undefined ? {} : { container }) };
  return { key: `native ${id}`, kind, form: 'native', id, ...place };
}
