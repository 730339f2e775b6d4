import type { AdapterDeployer } from '../../adapters/adapter-deployer.ts';
import { adapterAnswers } from './adapter-operations.ts';
import { controllerAnswers, controllerFollows } from './controller-operations.ts';
import type { ControllerOperationsParts } from './controller-operations.ts';
import { designAnswers, designFollows } from './design-operations.ts';
import { inventoryAnswers, inventoryFollows } from './inventory-operations.ts';
import type { InventoryOperationsParts } from './inventory-operations.ts';
import { meshAnswers, meshFollows } from './meshes/mesh-operations.ts';
import type { MeshOperationsParts } from './meshes/mesh-operations.ts';
import { objectAnswers } from './object-operations.ts';
import { operatorAnswers } from './operator-operations.ts';
import type { OperatorOperationsParts } from './operator-operations.ts';
import { performanceAnswers, performanceFollows } from './performance-operations.ts';
import { registryAnswers, registryFollows } from './registry-operations.ts';
import type { RegistryOperationsParts } from './registry-operations.ts';
import { userFollows } from './user-operations.ts';
import type { UserOperationsParts } from './user-operations.ts';
import type { PublishedOperations } from './with-published.ts';

/** What the operations of published clients are made of. */
export interface PublishedOperationsParts
  extends
    ControllerOperationsParts,
    OperatorOperationsParts,
    InventoryOperationsParts,
    MeshOperationsParts,
    RegistryOperationsParts,
    UserOperationsParts {
  readonly deployer: AdapterDeployer;
}

const rights = { resyncCluster: 'administer', deployMeshsync: 'write', connectToNats: 'write' } as const;

/** Every operation of published clients that this server answers. */
export function publishedOperations(parts: PublishedOperationsParts): PublishedOperations {
  return {
    answers: {
      ...controllerAnswers(parts),
      ...operatorAnswers(parts),
      ...inventoryAnswers(parts),
      ...objectAnswers(parts),
      ...meshAnswers(parts),
      ...adapterAnswers(parts.deployer),
      ...registryAnswers(parts),
      ...performanceAnswers(parts),
      ...designAnswers(parts),
    },
    follows: {
      ...controllerFollows(parts),
      ...inventoryFollows(parts),
      ...meshFollows(parts),
      ...userFollows(parts),
      ...registryFollows(parts),
      ...performanceFollows(parts),
      ...designFollows(parts),
    },
    rights,
  };
}
