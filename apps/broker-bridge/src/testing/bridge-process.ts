/** A bridge as a process of its own, without its HTTP side, so that tests can kill it: node bridge-process.ts FOLDER SERVER. */
import { createLogger, createMetricsRegistry, systemClock } from '@meshery/observability';
import { monotonicFactory } from 'ulid';
import { Bridge } from '../bridge.ts';
import { createBridgeMetrics } from '../bridge-metrics.ts';
import { ConnectionFolder } from '../connections/connection-folder.ts';
import { wholeShare } from '../sharing/link-share.ts';

const [folder = '', address = ''] = process.argv.slice(2);
const nextId = monotonicFactory();
const logger = createLogger({ service: 'broker-bridge' });
const bridge = new Bridge({
  sources: [new ConnectionFolder({ path: folder, clock: systemClock, logger, pollMs: 200 })],
  share: wholeShare,
  server: { address },
  limits: { gapWaitMs: 60_000, quietMs: 1000, maxInFlight: 64 },
  clock: systemClock,
  logger,
  metrics: createBridgeMetrics(createMetricsRegistry({ service: 'broker-bridge', version: 'test', defaults: false })),
  ids: () => nextId(Date.now()),
});
bridge.start();
