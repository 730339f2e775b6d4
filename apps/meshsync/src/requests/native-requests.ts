import {
  encodeSessionOutput,
  parseAgentRequest,
  parseExecRequest,
  parseLogsRequest,
  parseSessionInput,
} from '@meshery/contracts';
import type { AgentRequest, ExecRequest, LogsRequest, Parsed, RequestVerb, SessionInput } from '@meshery/contracts';
import { toMesheryError } from '@meshery/errors';
import type { Impersonation } from '@meshery/kube/streams';
import type { IncomingRequest, RequestTransport } from '@meshery/messaging';
import { ExecInput } from './exec-input.ts';
import { NativeOutlet, sentErrorOf } from './native-outlet.ts';
import { checkAllowed } from './request-context.ts';
import type { RequestContext } from './request-context.ts';
import { requestMalformed } from './request-errors.ts';
import type { SessionKind } from './request-errors.ts';
import { SessionEnd } from './session-table.ts';
import type { Session, SessionFacts } from './session-table.ts';

/** Longest wait for an acknowledgement, in ms. */
const ackMs = 30_000;

/** A request with what is needed to answer it. */
interface Asked<T extends AgentRequest> {
  readonly request: T;
  readonly incoming: IncomingRequest;
}

/** Answers the native requests for the cluster that is being discovered. */
export class NativeRequests {
  readonly #context: RequestContext;
  readonly #transport: RequestTransport;
  #listening = new AbortController();

  constructor(context: RequestContext, transport: RequestTransport) {
    this.#context = context;
    this.#transport = transport;
  }

  /** Begins to listen, until the signal aborts. */
  start(signal: AbortSignal): void {
    const onRequest = (incoming: IncomingRequest): void => {
      this.#onRequest(incoming);
    };
    this.#context.agent.onCluster((clusterId) => {
      this.#listening.abort();
      this.#listening = new AbortController();
      this.#transport.serve(clusterId, onRequest, AbortSignal.any([signal, this.#listening.signal]));
    });
  }

  #onRequest(incoming: IncomingRequest): void {
    const { verb, data } = incoming;
    const common = parseAgentRequest(data);
    const id = common.ok ? common.value.id : '';
    try {
      if (verb === 'logs') this.#logs({ incoming, request: valueOf(parseLogsRequest(data)) });
      else if (verb === 'exec') this.#exec({ incoming, request: valueOf(parseExecRequest(data)) });
      else this.#answer(verb, { incoming, request: valueOf(common) });
    } catch (error) {
      incoming.sendLast(encodeSessionOutput(id, sentErrorOf(toMesheryError(error))));
    }
  }

  #answer(verb: Exclude<RequestVerb, SessionKind>, { request, incoming }: Asked<AgentRequest>): void {
    const { version, policy, sessions, agent } = this.#context;
    const { clusterId } = incoming;
    const results = {
      meta: () => ({ version, clusterId, allowLogs: policy.logs, allowExec: policy.exec }),
      sessions: () => sessions.list(),
      resync: () => ({ accepted: agent.resync('resync request') }),
    };
    incoming.sendLast(encodeSessionOutput(request.id, { type: 'end', result: results[verb]() }));
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
    { request, incoming }: Asked<LogsRequest | ExecRequest>,
    work: (session: Session, outlet: NativeOutlet) => Promise<void>,
  ): void {
    checkAllowed(this.#context, kind);
    const { sessions, clock } = this.#context;
    sessions.open(
      factsOf(kind, request),
      (session) => {
        endWhenLost(session, incoming);
        return work(session, new NativeOutlet({ sender: incoming, clock, ackMs }, session));
      },
      (error) => {
        incoming.sendLast(encodeSessionOutput(request.id, error === undefined ? { type: 'end' } : sentErrorOf(error)));
      },
    );
  }

  /** Listens to what the client says while the session lasts. */
  #hear({ incoming, request }: Asked<AgentRequest>, session: Session, outlet: NativeOutlet, input?: ExecInput): void {
    const onMessage = (data: Uint8Array): void => {
      const said = parseSessionInput(data);
      if (said.ok) this.#apply(said.value, session, outlet, input);
      else this.#context.logger.warn({ session: session.facts, reason: said.reason }, 'a session message was ignored');
    };
    incoming.hear(request.id, onMessage, session.signal);
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

/** Nobody reads any more. */
function endWhenLost(session: Session, { lost }: IncomingRequest): void {
  const end = (): void => {
    session.end(new SessionEnd('server-lost'));
  };
  if (lost?.aborted === true) end();
  else lost?.addEventListener('abort', end, { once: true, signal: session.signal });
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
