import { randomUUID } from 'node:crypto';
import type { ServerInterceptor } from '@grpc/grpc-js';
import type { Clock, Logger } from '@meshery/observability';
import { LOGGER, READINESS, SHUTDOWN_SIGNAL, moduleLogger } from '@meshery/service';
import type { ReadinessRegistry } from '@meshery/service';
import type { InventoryStore } from '@meshery/store';
import { Inject, Module } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.ts';
import { RefusalLog } from '../audit/refusal-log.ts';
import { BridgeClustersModule } from '../bridge-clusters/bridge-clusters.module.ts';
import { BridgeClusters } from '../bridge-clusters/bridge-clusters.ts';
import { clusterService } from '../bridge-clusters/clusters.grpc.ts';
import { ComponentStates } from '../components/component-states.ts';
import type { ServerConfig } from '../config.ts';
import { ConnectionsModule } from '../connections/connections.module.ts';
import { DiscoveryModule } from '../discovery/discovery.module.ts';
import { EventsModule } from '../events/events.module.ts';
import { GrpcServices } from '../grpc/grpc-services.ts';
import { auditGrpcRefusals } from '../grpc/refusal-interceptor.ts';
import { InventoryModule } from '../inventory/inventory.module.ts';
import { OperationsModule } from '../operations/operations.module.ts';
import { Sessions } from '../sessions/sessions.ts';
import { FollowedFiles } from '../tls/followed-files.ts';
import { CLOCK, CONFIG, INVENTORY_STORE } from '../tokens.ts';
import { BridgeBindings } from './bridge-bindings.ts';
import { CallerAuthentication } from './caller.ts';
import type { BridgeAuthority } from './caller.ts';
import { ListenerCredentials } from './ingest-credentials.ts';
import { logGrpcWith } from './grpc-log.ts';
import { loadIngestKeys, outsideKeys, rereadIngestKeys } from './ingest-keys.ts';
import type { IngestKeys } from './ingest-keys.ts';
import { IngestListener } from './ingest-listener.ts';
import { ingestService } from './ingest.grpc.ts';
import { OpenRunHandler } from './open-run.handler.ts';
import { ResyncClusterHandler } from './resync-cluster.handler.ts';
import { AgentLinks } from './requests/agent-links.ts';
import { ClusterRequests } from './requests/cluster-requests.ts';
import { serverStopping } from './requests/request-faults.ts';
import { requestService } from './requests/requests.grpc.ts';

/** What the module is started with, besides its handler. */
interface IngestParts {
  readonly config: ServerConfig;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly store: InventoryStore;
  readonly states: ComponentStates;
  readonly shutdown: AbortSignal;
  readonly interceptors: ServerInterceptor[];
}

const partsToken = Symbol('meshery.server.IngestParts');
const parts = {
  provide: partsToken,
  useFactory: (
    config: ServerConfig,
    clock: Clock,
    logger: Logger,
    store: InventoryStore,
    ...[states, shutdown, refusals, sessions]: [ComponentStates, AbortSignal, RefusalLog, Sessions]
  ) => {
    const interceptors = [auditGrpcRefusals(refusals, sessions)];
    return { config, clock, logger, store, states, shutdown, interceptors } satisfies IngestParts;
  },
  inject: [CONFIG, CLOCK, LOGGER, INVENTORY_STORE, ComponentStates, SHUTDOWN_SIGNAL, RefusalLog, Sessions],
};

const requests = {
  provide: ClusterRequests,
  useFactory: (links: AgentLinks, clock: Clock) => new ClusterRequests({ links, clock, ids: randomUUID }),
  inject: [AgentLinks, CLOCK],
};

/** Receives from bridges what agents elsewhere discovered, and asks those agents. */
@Module({
  // They have begun before the port opens, and so do what they offer on it.
  imports: [
    AuditModule,
    InventoryModule,
    EventsModule,
    OperationsModule,
    ConnectionsModule,
    BridgeClustersModule,
    DiscoveryModule,
  ],
  providers: [moduleLogger('ingest'), parts, OpenRunHandler, AgentLinks, requests, ResyncClusterHandler],
  exports: [ClusterRequests, ResyncClusterHandler],
})
export class IngestModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #parts: IngestParts;
  readonly #openRun: OpenRunHandler;
  readonly #links: AgentLinks;
  readonly #services: GrpcServices;
  readonly #bridges: BridgeClusters;
  #listener: IngestListener | undefined;
  readonly #files: FollowedFiles<IngestKeys>[] = [];
  #port: number | undefined;
  #outsidePort: number | undefined;

  constructor(
    @Inject(partsToken) ingestParts: IngestParts,
    @Inject(OpenRunHandler) openRun: OpenRunHandler,
    @Inject(AgentLinks) links: AgentLinks,
    @Inject(GrpcServices) services: GrpcServices,
    @Inject(BridgeClusters) bridges: BridgeClusters,
    @Inject(READINESS) readiness: ReadinessRegistry,
  ) {
    this.#bridges = bridges;
    this.#parts = ingestParts;
    this.#openRun = openRun;
    this.#links = links;
    this.#services = services;
    readiness.register('ingest', () =>
      this.#port === undefined ? { ready: false, reason: 'the gRPC port is not open' } : { ready: true },
    );
  }

  /** Port of the listener; undefined until it listens. */
  get port(): number | undefined {
    return this.#port;
  }

  /** Port at the second address; undefined where there is none. */
  get outsidePort(): number | undefined {
    return this.#outsidePort;
  }

  async onApplicationBootstrap(): Promise<void> {
    const { config, clock, store, states, logger, shutdown, interceptors } = this.#parts;
    logGrpcWith(logger);
    const keys = await loadIngestKeys(config, clock);
    const bindings = new BridgeBindings(keys.own, config.ingestBindings);
    await bindings.reload();
    const credentials = this.#followKeys(keys, () => rereadIngestKeys(config, keys));
    const outside = await this.#outside(config);
    const authentication = new CallerAuthentication(bindings, () => authoritiesOf(credentials, outside), clock);
    const services = {
      ingest: ingestService({ authentication, openRun: this.#openRun, store, states, logger, shutdown }),
      requests: requestService({ authentication, links: this.#links, logger }),
      clusters: clusterService({
        authentication,
        leases: this.#bridges.leases,
        reports: this.#bridges.reports,
        logger,
      }),
      others: this.#services,
    };
    this.#listener = new IngestListener(services, interceptors);
    this.#port = await this.#listener.listen(config.grpcHost ?? config.host, config.grpcPort, credentials);
    if (config.grpcOutside !== undefined && outside !== undefined)
      this.#outsidePort = await this.#listener.listen(config.grpcOutside, config.grpcPort, outside);
    logger.info({ port: this.#port, outside: config.grpcOutside }, 'ingest service is listening');
  }

  async #outside(config: ServerConfig): Promise<ListenerCredentials | undefined> {
    if (config.grpcOutside === undefined) return undefined;
    return this.#followKeys(await outsideKeys(config), () => outsideKeys(config));
  }

  /** The files of certificates are followed; open calls are none the worse for it. */
  #followKeys(before: IngestKeys, read: () => Promise<IngestKeys>): ListenerCredentials {
    const { clock, logger } = this.#parts;
    const credentials = new ListenerCredentials(before);
    const files = new FollowedFiles({
      ...{ what: 'certificates of the gRPC port', before, clock, logger, read },
      apply: (keys) => {
        credentials.use(keys);
      },
    });
    files.start();
    this.#files.push(files);
    return credentials;
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.#files.map((files) => files.stop()));
    this.#links.end(serverStopping());
    await this.#bridges.stop();
    await this.#listener?.close();
  }
}

function authoritiesOf(
  here: ListenerCredentials,
  outside: ListenerCredentials | undefined,
): readonly BridgeAuthority[] {
  const all = [
    { pem: here.keys.bridgeCa, isOwn: true },
    { pem: outside?.keys.bridgeCa, isOwn: false },
  ];
  return all.flatMap(({ pem, isOwn }) => (pem === undefined ? [] : [{ pem, isOwn }]));
}
