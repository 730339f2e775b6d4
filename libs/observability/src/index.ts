export { createLogger, standardOutput } from './logger.ts';
export { LogLevels, logLevels } from './log-levels.ts';
export type { LevelSettings, LogLevel } from './log-levels.ts';
export { LogOutputs } from './log-outputs.ts';
export type { LogOutput } from './log-outputs.ts';
export { RecentLines } from './recent-lines.ts';
export { RotatingLog } from './rotating-log.ts';
export type { Logger, LoggerOptions } from './logger.ts';
export { backgroundContext, requestContext } from './request-context.ts';
export type { Identity, RequestContext, RequestContextOptions } from './request-context.ts';
export { systemClock } from './clock.ts';
export type { Clock } from './clock.ts';
export { Counter, Gauge, Histogram, Registry, createMetricsRegistry } from './metrics.ts';
export type { MetricsOptions } from './metrics.ts';
export {
  extractTrace,
  formatTraceparent,
  injectTrace,
  newTraceparent,
  parseTraceparent,
  traceOfHeaders,
} from './trace-context.ts';
export type { TraceContext, TraceSink, TraceSource } from './trace-context.ts';
export { passiveTracing, startTracing } from './tracing.ts';
export type { ActiveSpan, SpanOptions, Tracing, TracingOptions } from './tracing.ts';
