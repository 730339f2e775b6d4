import type { Clock } from '@meshery/observability';
import type { InventoryStore } from '@meshery/store';
import { moduleLogger } from '@meshery/service';
import { Module } from '@nestjs/common';
import type { BuildInfo } from '../admin/build-info.ts';
import { BridgeClustersModule } from '../bridge-clusters/bridge-clusters.module.ts';
import { BridgeReports } from '../bridge-clusters/bridge-reports.ts';
import { ComponentStates } from '../components/component-states.ts';
import { ClusterLinks } from '../connections/cluster-links.ts';
import { ConnectionsModule } from '../connections/connections.module.ts';
import { DiscoveryHost } from '../discovery/discovery-host.ts';
import { DiscoveryModule } from '../discovery/discovery.module.ts';
import { InventoryModule } from '../inventory/inventory.module.ts';
import { ListClustersHandler } from '../inventory/queries/list-clusters.handler.ts';
import { OperatorDeployments } from '../operator-deployment/operator-deployments.ts';
import { BUILD_INFO, CLOCK, INVENTORY_STORE } from '../tokens.ts';
import { ConnectionStatesController } from './connection-states.controller.ts';
import { CONTROLLER_SOURCE } from './controller-facts.ts';
import { ControllersController } from './controllers.controller.ts';
import { ControllersSettings } from './controllers-settings.ts';
import { ServerControllers } from './server-controllers.ts';
import { StatusStreamController } from './status-stream.controller.ts';

const source = {
  provide: CONTROLLER_SOURCE,
  useFactory: (
    clusters: ListClustersHandler,
    accesses: DiscoveryHost,
    links: ClusterLinks,
    ...[operators, reports, states, store, clock, { version }]: [
      OperatorDeployments,
      BridgeReports,
      ComponentStates,
      InventoryStore,
      Clock,
      BuildInfo,
    ]
  ) => {
    const either = async (id: string) => (await accesses.accessTo(id)) ?? operators.accessTo(id);
    const accessing = { accessTo: either };
    return new ServerControllers({ clusters, accesses: accessing, links, reports, states, store, clock, version });
  },
  inject: [
    ListClustersHandler,
    DiscoveryHost,
    ClusterLinks,
    OperatorDeployments,
    BridgeReports,
    ComponentStates,
    INVENTORY_STORE,
    CLOCK,
    BUILD_INFO,
  ],
};

/** Operator, MeshSync and broker of connections. */
@Module({
  imports: [InventoryModule, DiscoveryModule, ConnectionsModule, BridgeClustersModule],
  controllers: [StatusStreamController, ControllersController, ConnectionStatesController],
  providers: [moduleLogger('controllers'), source, ControllersSettings],
  exports: [CONTROLLER_SOURCE],
})
export class ControllersModule {}
