import type { KubeObject } from './kube-objects.ts';
import { namespaceObject } from './kube-objects.ts';
import { operatorKustomize, serverKustomize } from './kustomize-settings.ts';
import { operatorObjects } from './operator.ts';
import { serverObjects } from './server.ts';
import { writtenByProgram } from './yaml-text.ts';

/**
 * What the server deploys in other clusters: the operator as Kustomize installs it, without the definitions of its
 * kinds, which the server knows anyway, and the broker and agent that Kustomize asks for beside the server.
 */
export function deployedByServer(version: string): readonly KubeObject[] {
  const { broker = [], meshsync = [] } = serverObjects(serverKustomize(version));
  const operator = Object.values(operatorObjects(operatorKustomize(version))).flat();
  return [namespaceObject('meshery'), ...operator, ...broker, ...meshsync];
}

/** The module of the server with these objects. */
export function operatorManifestModule(version: string): string {
  const objects = JSON.stringify(deployedByServer(version), undefined, 2);
  return `// ${writtenByProgram}
import type { WantedObject } from '@meshery/kube/reconcile';

export const operatorManifest: readonly WantedObject[] = ${objects};
`;
}
