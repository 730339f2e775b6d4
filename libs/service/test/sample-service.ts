/** A service without features, run as its own process by run-service.medium.spec.ts. */
import { setTimeout as delay } from 'node:timers/promises';
import { createLogger, createMetricsRegistry } from '@meshery/observability';
import { ReadinessRegistry, runService } from '../src/index.ts';
import type { RunningService } from '../src/index.ts';

class SampleModule {}

const logger = createLogger({ service: 'sample' });

function announce(service: RunningService): void {
  logger.child({ url: service.url }).info({}, 'announced');
}

await runService(
  () => ({
    name: 'sample',
    version: '0.0.0',
    module: SampleModule,
    logger,
    http: { host: '127.0.0.1', port: Number(process.env['SAMPLE_PORT'] ?? '0') },
    health: { livePath: '/healthz/live', readyPath: '/healthz/ready' },
    readiness: new ReadinessRegistry(),
    metrics: createMetricsRegistry({ service: 'sample', version: '0.0.0' }),
    configure: (app) => {
      const fastify = app.getHttpAdapter().getInstance();
      fastify.get('/slow', async () => {
        logger.info({}, 'slow request entered');
        await delay(300);
        return { finished: true };
      });
      fastify.get('/crash', () => {
        setImmediate(() => {
          throw new Error('nobody catches this');
        });
        return { crashing: true };
      });
      fastify.get('/debug', () => {
        logger.child({ part: 'child' }).debug({}, 'a debug line');
        return {};
      });
    },
  }),
  { logger, onListening: announce },
);
