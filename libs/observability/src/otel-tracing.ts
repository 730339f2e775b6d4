import { ROOT_CONTEXT, SpanKind, SpanStatusCode, TraceFlags, trace } from '@opentelemetry/api';
import type { Context, Span } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { formatTraceparent, parseTraceparent } from './trace-context.ts';
import type { ActiveSpan, SpanOptions, Tracing, TracingOptions } from './tracing.ts';

/** The options once an endpoint is known. */
export interface OtelTracingOptions extends TracingOptions {
  readonly otlpEndpoint: string;
  /** Milliseconds that `close` gives the last export. */
  readonly flushMs: number;
}

const kinds = {
  internal: SpanKind.INTERNAL,
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
} as const;

/** Tracing through the OpenTelemetry SDK; spans go to `<endpoint>/v1/traces` in batches. */
export function createOtelTracing(options: OtelTracingOptions): Tracing {
  const exporter = new OTLPTraceExporter({ url: `${options.otlpEndpoint.replace(/\/+$/, '')}/v1/traces` });
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': options.service, 'service.version': options.version }),
    spanProcessors: [new BatchSpanProcessor(exporter)],
    forceFlushTimeoutMillis: options.flushMs,
  });
  const tracer = provider.getTracer('meshery', options.version);
  return {
    span: async (name, spanOptions, work) => {
      const started = tracer.startSpan(name, startOptions(spanOptions), parentContext(spanOptions.parent));
      return run(started, work);
    },
    close: () => provider.shutdown(),
  };
}

function startOptions(options: SpanOptions): { kind: SpanKind; attributes: Record<string, string | number | boolean> } {
  return { kind: kinds[options.kind ?? 'internal'], attributes: { ...options.attributes } };
}

function parentContext(traceparent: string | undefined): Context {
  const parent = traceparent === undefined ? undefined : parseTraceparent(traceparent);
  if (parent === undefined) return ROOT_CONTEXT;
  const { traceId, spanId } = parent;
  // An unsampled parent only says that the caller records nothing; we were told to record, so we do.
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags: TraceFlags.SAMPLED, isRemote: true });
}

async function run<T>(span: Span, work: (span: ActiveSpan) => Promise<T>): Promise<T> {
  const { traceId, spanId } = span.spanContext();
  const active: ActiveSpan = {
    traceparent: formatTraceparent({ traceId, spanId, sampled: true }),
    setAttribute: (key, value) => {
      span.setAttribute(key, value);
    },
  };
  try {
    return await work(active);
  } catch (error) {
    span.recordException(error instanceof Error ? error : String(error));
    span.setStatus({ code: SpanStatusCode.ERROR });
    throw error;
  } finally {
    span.end();
  }
}
