import { MesheryError } from '@meshery/errors';
import { Histogram } from '@meshery/observability';
import type { FastifyInstance } from 'fastify';
import { errorBody } from './error-body.ts';
import type { ReadinessReport } from './readiness.ts';
import type { ServiceOptions } from './service-options.ts';

/** Registers the health paths and /metrics directly on Fastify: they answer even when a feature is broken. */
export function registerServiceRoutes(fastify: FastifyInstance, options: ServiceOptions): void {
  const { health, readiness, metrics } = options;
  fastify.get(health.livePath, (_request, reply) => reply.send({ status: 'live' }));
  fastify.get(health.readyPath, async (request, reply) => {
    const report = await readiness.report();
    if (report.ready) return reply.send({ status: 'ready', checks: report.checks });
    return reply.code(503).send(notReady(report, request.id));
  });
  fastify.get('/metrics', async (_request, reply) => {
    const text = await metrics.metrics();
    return reply.header('content-type', metrics.contentType).send(text);
  });
}

/** Counts and times every request by route pattern (never by URL: ids would make a series each). */
export function registerRequestMetrics(fastify: FastifyInstance, options: ServiceOptions): void {
  const seconds = new Histogram({
    name: 'meshery_http_request_duration_seconds',
    help: 'Time from the first byte of a request to the last byte of its answer.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [options.metrics],
  });
  const logger = options.logger.child({ module: 'http' });
  fastify.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unmatched';
    seconds.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000);
    logger.debug(
      { requestId: request.id, method: request.method, route, status: reply.statusCode, ms: reply.elapsedTime },
      'request answered',
    );
    done();
  });
}

function notReady(report: ReadinessReport, requestId: string): object {
  const reasons = Object.entries(report.checks)
    .filter(([, check]) => !check.ready)
    .map(([name, check]) => `${name}: ${check.reason ?? 'not ready'}`);
  const error = new MesheryError('meshery-core-1008', `The service is not ready: ${reasons.join('; ')}.`, {
    severity: 'ALERT',
    probableCause: reasons.join('; '),
    remedy: 'Wait, or look at the log of this service for the parts named here.',
  });
  return { ...errorBody(error, requestId), reasons, checks: report.checks };
}
