import { newTraceparent } from './trace-context.ts';

/** How a span is described. */
export interface SpanOptions {
  /** The `traceparent` of the caller; a new trace without one. */
  readonly parent?: string | undefined;
  readonly kind?: 'internal' | 'server' | 'client' | 'producer' | 'consumer';
  readonly attributes?: Readonly<Record<string, string | number | boolean>>;
}

/** The running span: its `traceparent` goes to whatever is called next. */
export interface ActiveSpan {
  readonly traceparent: string;
  setAttribute(key: string, value: string | number | boolean): void;
}

/** Spans of one process. Contexts are handed on explicitly, as in `RequestContext.traceparent`. */
export interface Tracing {
  /** Runs `work` inside a span that ends with it; an error is recorded and passed on. */
  span<T>(name: string, options: SpanOptions, work: (span: ActiveSpan) => Promise<T>): Promise<T>;
  /** Sends what is buffered (5 s at most) and stops. */
  close(): Promise<void>;
}

/** What spans are labelled with and where they go. */
export interface TracingOptions {
  readonly service: string;
  readonly version: string;
  /** OTLP/HTTP base URL (OTEL_EXPORTER_OTLP_ENDPOINT). Without one nothing is recorded, loaded or sent. */
  readonly otlpEndpoint?: string | undefined;
}

/** Tracing that records nothing: passes the caller's trace on, so that log lines of several services still connect. */
export const passiveTracing: Tracing = {
  span: (_name, options, work) => {
    const traceparent = options.parent ?? newTraceparent();
    return work({ traceparent, setAttribute: () => undefined });
  },
  close: () => Promise.resolve(),
};

const FLUSH_MS = 5000;

/** Starts tracing. The OpenTelemetry SDK is loaded only when there is an endpoint: it costs 15 MB. */
export async function startTracing(options: TracingOptions): Promise<Tracing> {
  if (options.otlpEndpoint === undefined || options.otlpEndpoint === '') return passiveTracing;
  const { createOtelTracing } = await import('./otel-tracing.ts');
  return createOtelTracing({ ...options, otlpEndpoint: options.otlpEndpoint, flushMs: FLUSH_MS });
}
