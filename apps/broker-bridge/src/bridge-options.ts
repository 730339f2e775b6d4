import { readFileSync } from 'node:fs';
import { MesheryError } from '@meshery/errors';
import type { IngestChannelOptions } from '@meshery/messaging/ingest-grpc';
import { createMetricsRegistry, systemClock } from '@meshery/observability';
import type { Logger } from '@meshery/observability';
import { ReadinessRegistry } from '@meshery/service';
import type { ServiceOptions } from '@meshery/service';
import { monotonicFactory } from 'ulid';
import { Bridge } from './bridge.ts';
import { createBridgeMetrics } from './bridge-metrics.ts';
import { BridgeModule } from './bridge.module.ts';
import type { BridgeConfig } from './config.ts';
import { openShare } from './open-share.ts';
import { linkSources } from './link-sources.ts';

const version = '0.1.0';

/** Makes everything the service needs from its configuration; rejects with `meshery-config-1100` on unreadable files. */
export async function bridgeOptions(config: BridgeConfig, logger: Logger): Promise<ServiceOptions> {
  const registry = createMetricsRegistry({ service: 'broker-bridge', version });
  const metrics = createBridgeMetrics(registry);
  const nextId = monotonicFactory();
  const server = { ...serverOptions(config), version };
  const bridge: Bridge = new Bridge({
    sources: linkSources(config, logger, { ...server, stateOf: (name) => bridge.clusterState(name) }),
    share: await openShare(config, logger),
    server,
    limits: { gapWaitMs: config.gapWaitMs, quietMs: config.quietMs, maxInFlight: config.maxInFlight },
    clock: systemClock,
    logger,
    metrics,
    ids: () => nextId(systemClock.now()),
  });
  const readiness = new ReadinessRegistry();
  readiness.register('links', () => bridge.readiness());
  return {
    name: 'broker-bridge',
    version,
    module: BridgeModule.with(bridge),
    logger,
    http: { host: config.host, port: config.port },
    health: { livePath: '/healthz/live', readyPath: '/healthz/ready' },
    readiness,
    metrics: registry,
    configure: (app) => {
      const fastify = app.getHttpAdapter().getInstance();
      fastify.addHook('onRequest', (request, _reply, done) => {
        if (request.url.startsWith('/metrics')) metrics.observe(bridge.statuses(), bridge.conditions().values());
        done();
      });
    },
  };
}

function serverOptions(config: BridgeConfig): IngestChannelOptions {
  const { serverCa, cert, key, tokenFile, server } = config;
  const tls =
    serverCa === undefined
      ? {}
      : {
          tls: {
            ca: readPem(serverCa),
            ...(cert === undefined ? {} : { cert: readPem(cert) }),
            ...(key === undefined ? {} : { key: readPem(key) }),
          },
        };
  return {
    address: server,
    ...tls,
    ...(tokenFile === undefined ? {} : { token: () => readFileSync(tokenFile, 'utf8').trim() }),
  };
}

function readPem(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new MesheryError('meshery-config-1100', `The file ${path} cannot be read.`, {
      probableCause: 'It is not there, or this user may not read it.',
      remedy: 'Correct MESHERY_BRIDGE_CA, MESHERY_BRIDGE_CERT or MESHERY_BRIDGE_KEY.',
      cause: error,
    });
  }
}
