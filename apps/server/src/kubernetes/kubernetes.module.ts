import type { Clock } from '@meshery/observability';
import { Module } from '@nestjs/common';
import type { ServerConfig } from '../config.ts';
import { ConnectionLife } from '../connections/connection-life.ts';
import { ConnectionMaker } from '../connections/connection-maker.ts';
import { ConnectionsModule } from '../connections/connections.module.ts';
import { KubernetesDriver } from '../connections/kinds/kubernetes-driver.ts';
import { Providers } from '../provider/providers.ts';
import { CLOCK, CONFIG } from '../tokens.ts';
import { ContextImport } from './context-import.ts';
import { ContextsController } from './contexts.controller.ts';

const imports = {
  provide: ContextImport,
  useFactory: (
    providers: Providers,
    maker: ConnectionMaker,
    life: ConnectionLife,
    kubernetes: KubernetesDriver,
    ...[clock, config]: [Clock, ServerConfig]
  ) => new ContextImport({ providers, maker, life, kubernetes, clock, defaultMode: config.meshsyncMode }),
  inject: [Providers, ConnectionMaker, ConnectionLife, KubernetesDriver, CLOCK, CONFIG],
};

/** Kubernetes contexts over REST. */
@Module({ imports: [ConnectionsModule], controllers: [ContextsController], providers: [imports] })
export class KubernetesModule {}
