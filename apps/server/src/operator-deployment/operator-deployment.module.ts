import type { Clock, Logger } from '@meshery/observability';
import { LOGGER, SHUTDOWN_SIGNAL, moduleLogger } from '@meshery/service';
import type { UserStore } from '@meshery/store';
import { Inject, Module } from '@nestjs/common';
import type { BeforeApplicationShutdown } from '@nestjs/common';
import type { ServerConfig } from '../config.ts';
import { ControllersSettings } from '../controllers/controllers-settings.ts';
import { ClusterConditions } from '../inventory/cluster-conditions.ts';
import { InventoryModule } from '../inventory/inventory.module.ts';
import { Operations } from '../operations/operations.ts';
import { Providers } from '../provider/providers.ts';
import { ConnectionDefinitions } from '../registry/connection-definitions/connection-definitions.ts';
import { CLOCK, CONFIG, USER_STORE } from '../tokens.ts';
import { OperatorDeployments } from './operator-deployments.ts';
import { OperatorRecords } from './operator-records.ts';
import { PartConnections } from './part-connections.ts';

const deployments = {
  provide: OperatorDeployments,
  useFactory: (
    providers: Providers,
    operations: Operations,
    settings: ControllersSettings,
    ...[definitions, store, { imageRegistry, operatorPollMs }, clock, logger]: [
      ConnectionDefinitions,
      UserStore,
      ServerConfig,
      Clock,
      Logger,
    ]
  ) =>
    new OperatorDeployments({
      partConnections: new PartConnections(providers, definitions),
      records: new OperatorRecords(operations),
      configOf: (_ctx, { controllersConfig: own }) => settings.effective(own ?? {}),
      leads: () => store.leads('operators'),
      imageRegistry,
      pollMs: operatorPollMs,
      clock,
      logger,
      random: Math.random,
    }),
  inject: [Providers, Operations, ControllersSettings, ConnectionDefinitions, USER_STORE, CONFIG, CLOCK, LOGGER],
};

/** The operator in clusters that are discovered by one. */
@Module({
  imports: [InventoryModule],
  providers: [moduleLogger('operator-deployment'), ControllersSettings, deployments],
  exports: [OperatorDeployments, ControllersSettings],
})
export class OperatorDeploymentModule implements BeforeApplicationShutdown {
  readonly #deployments: OperatorDeployments;
  #closing: Promise<void> | undefined;

  constructor(
    @Inject(OperatorDeployments) all: OperatorDeployments,
    @Inject(ClusterConditions) conditions: ClusterConditions,
    @Inject(SHUTDOWN_SIGNAL) shutdown: AbortSignal,
  ) {
    this.#deployments = all;
    conditions.watch(() => all.conditions());
    const close = (): void => {
      this.#closing ??= all.close();
    };
    shutdown.addEventListener('abort', close, { once: true });
  }

  /** What runs is kept as an operation, so it ends before operations do. */
  async beforeApplicationShutdown(): Promise<void> {
    await (this.#closing ??= this.#deployments.close());
  }
}
