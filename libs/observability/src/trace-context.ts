import { randomBytes } from 'node:crypto';

/** One position in a trace, as in https://www.w3.org/TR/trace-context/. */
export interface TraceContext {
  /** 32 lower-case hex digits, not all zero. */
  readonly traceId: string;
  /** 16 lower-case hex digits, not all zero. */
  readonly spanId: string;
  readonly sampled: boolean;
}

/** What trace headers are written to: NATS `MsgHdrs`, gRPC `Metadata`, a `Headers`. */
export interface TraceSink {
  set(key: string, value: string): void;
}

/** What trace headers are read from: `get` of NATS gives a string, of gRPC metadata an array. */
export interface TraceSource {
  get(key: string): unknown;
}

const headerName = 'traceparent';
const pattern =
  /^(?<version>[\da-f]{2})-(?<traceId>[\da-f]{32})-(?<spanId>[\da-f]{16})-(?<flags>[\da-f]{2})(?<rest>-.*)?$/;

/** Reads a `traceparent`; undefined for anything that the specification calls invalid. */
export function parseTraceparent(text: string): TraceContext | undefined {
  const groups = pattern.exec(text.trim())?.groups as TraceGroups | undefined;
  if (groups === undefined || isInvalid(groups)) return undefined;
  const { traceId, spanId, flags } = groups;
  return { traceId, spanId, sampled: (Number.parseInt(flags, 16) & 1) === 1 };
}

interface TraceGroups {
  readonly version: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly flags: string;
  readonly rest?: string;
}

function isInvalid({ version, traceId, spanId, rest }: TraceGroups): boolean {
  const isMalformed = version === 'ff' || (version === '00' && rest !== undefined);
  return isMalformed || /^0+$/.test(traceId) || /^0+$/.test(spanId);
}

/** Writes a `traceparent` of version 00. */
export function formatTraceparent(context: TraceContext): string {
  return `00-${context.traceId}-${context.spanId}-${context.sampled ? '01' : '00'}`;
}

/** A `traceparent` for work that nobody traces yet: random ids, not sampled. */
export function newTraceparent(): string {
  const spanId = randomBytes(8).toString('hex');
  return formatTraceparent({ traceId: randomBytes(16).toString('hex'), spanId, sampled: false });
}

/** Puts the trace on its way: into NATS headers, gRPC metadata or HTTP headers. Nothing without a trace. */
export function injectTrace(traceparent: string | undefined, sink: TraceSink): void {
  if (traceparent !== undefined) sink.set(headerName, traceparent);
}

/** The valid `traceparent` that came with a message or call; undefined without one. */
export function extractTrace(source: TraceSource): string | undefined {
  const value = source.get(headerName);
  return validTraceparent(Array.isArray(value) ? (value as unknown[])[0] : value);
}

/** The same for a plain object of headers, such as an HTTP request's. */
export function traceOfHeaders(headers: Readonly<Record<string, unknown>>): string | undefined {
  return validTraceparent(headers[headerName]);
}

function validTraceparent(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  return parseTraceparent(value) === undefined ? undefined : value.trim();
}
