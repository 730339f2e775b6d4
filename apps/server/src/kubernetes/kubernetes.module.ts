import type { Clock } from '@meshery/observability';
import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.ts';
import { RefusalLog } from '../audit/refusal-log.ts';
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
    ...[refusals, clock, config]: [RefusalLog, Clock, ServerConfig]
  ) => new ContextImport({ providers, maker, life, kubernetes, refusals, clock, defaultMode: config.meshsyncMode }),
  inject: [Providers, ConnectionMaker, ConnectionLife, KubernetesDriver, RefusalLog, CLOCK, CONFIG],
};

/** Kubernetes contexts over REST. */
@Module({ imports: [ConnectionsModule, AuditModule], controllers: [ContextsController], providers: [imports] })
export class KubernetesModule {}
