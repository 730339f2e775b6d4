import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { inClusterAccess, createKubeTransport, loadKubeconfig, resolveAccess } from '@meshery/kube';
import type { ClusterAccess, KubeTransport } from '@meshery/kube';
import { createReconcileMetrics } from '@meshery/kube/reconcile';
import { createMetricsRegistry, systemClock } from '@meshery/observability';
import type { Logger, Registry } from '@meshery/observability';
import { ReadinessRegistry } from '@meshery/service';
import type { ServiceOptions } from '@meshery/service';
import { hostAndPort } from './config.ts';
import type { OperatorConfig } from './config.ts';
import { MetricsServer } from './metrics-server.ts';
import { OperatorModule } from './operator.module.ts';
import { Operator } from './operator.ts';

const version = '0.1.0';

/** Makes everything the service needs from its configuration. Rejects with a coded error. */
export async function operatorOptions(config: OperatorConfig, logger: Logger): Promise<ServiceOptions> {
  const registry = createMetricsRegistry({ service: 'operator', version });
  const transport = createKubeTransport(await clusterAccess(config), {
    clock: systemClock,
    userAgent: `meshery-operator/${version}`,
    maxCallConnections: 4,
  });
  const operator = makeOperator(config, transport, registry, logger);
  const metricsServer = new MetricsServer({
    ...hostAndPort(config.metricsAddress),
    transport,
    registry,
    clock: systemClock,
    logger,
  });
  const readiness = new ReadinessRegistry();
  readiness.register('cluster', () => operator.readiness());
  return {
    name: 'operator',
    version,
    module: OperatorModule.with({ operator, metricsServer }),
    logger,
    http: hostAndPort(config.healthAddress),
    health: { livePath: '/healthz', readyPath: '/readyz' },
    readiness,
    metrics: registry,
    configure: (app) => {
      // Metrics are for those who may get them: on their own port.
      app
        .getHttpAdapter()
        .getInstance()
        .addHook('onRequest', (request, reply, done) => {
          if (request.url.startsWith('/metrics')) void reply.code(404).send();
          else done();
        });
    },
  };
}

function makeOperator(config: OperatorConfig, transport: KubeTransport, registry: Registry, logger: Logger): Operator {
  return new Operator({
    transport,
    clock: systemClock,
    random: Math.random,
    logger,
    metrics: createReconcileMetrics(registry, 'meshery_operator', ['broker', 'meshsync']),
    images: {
      meshsync: config.imageMeshsync,
      nats: config.imageNats,
      reloader: config.imageReloader,
      exporter: config.imageExporter,
    },
    credentialOverlapMs: config.credentialOverlap,
    watchStallMs: config.watchStallMs,
    identity: config.identity ?? `${hostname()}-${randomUUID().slice(0, 8)}`,
    leaseNamespace: config.leaderElection ? config.namespace : undefined,
  });
}

async function clusterAccess({ kubeconfig, kubeHost, kubePort }: OperatorConfig): Promise<ClusterAccess> {
  if (kubeconfig === undefined && kubeHost !== undefined) {
    return inClusterAccess({ host: kubeHost, port: kubePort, clock: systemClock });
  }
  const loaded = await loadKubeconfig(kubeconfig === undefined ? {} : { kubeconfigVariable: kubeconfig });
  return resolveAccess(loaded, { trust: 'user-file', clock: systemClock, proxy: {} });
}
