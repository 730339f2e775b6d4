import { flattenContext } from '@meshery/kube';
import type { ClusterAccess } from '@meshery/kube';
import { MesheryError, toMesheryError } from '@meshery/errors';
import type { Operation } from '@meshery/object-model';
import type { Clock, Logger, RequestContext } from '@meshery/observability';
import type { KubernetesDriver } from '../../connections/kinds/kubernetes-driver.ts';
import type { KubeconfigUpload } from '../../kubernetes/kubeconfig-upload.ts';
import type { Operations } from '../../operations/operations.ts';
import type { OperationHandle } from '../../operations/running-operation.ts';
import type { Providers } from '../../provider/providers.ts';
import { organizationFor } from '../../rest/first-organization.ts';
import type { RegistryWriter } from '../registry-writer.ts';
import { registerCluster } from './cluster-components.ts';

/** What clusters are registered with. */
export interface ClusterRegistrationParts {
  readonly operations: Operations;
  readonly providers: Providers;
  readonly kubernetes: KubernetesDriver;
  readonly writer: RegistryWriter;
  readonly clock: Clock;
  readonly logger: Logger;
}

interface Cluster {
  readonly id: string;
  readonly name: string;
  readonly access: ClusterAccess;
}

/** Registers the components of the clusters that an uploaded kubeconfig leads to. */
export class ClusterRegistration {
  readonly #parts: ClusterRegistrationParts;

  constructor(parts: ClusterRegistrationParts) {
    this.#parts = parts;
  }

  /**
   * Begins the operation. Rejects before it for a context that may not be used from the network: `meshery-kube-1300`
   * to `1305`, `meshery-connection-1704`, and `meshery-core-1001` when none is selected.
   */
  async begin(ctx: RequestContext, upload: KubeconfigUpload): Promise<Operation> {
    const { operations, providers } = this.#parts;
    const clusters = await this.#clusters(upload);
    const names = clusters.map(({ name }) => `"${name}"`);
    const subject = `Components of ${names.length === 1 ? `cluster ${names.join()}` : `${String(names.length)} clusters`}`;
    const organizationId = await organizationFor(ctx, providers.of(ctx), undefined);
    const targets = clusters.map(({ id, name }) => ({ id, name }));
    const draft = { category: 'registry', action: 'register', organizationId, subject, targets };
    return operations.begin(ctx, draft, (handle) => this.#run(clusters, handle));
  }

  async #clusters({ kubeconfig, selected, contextName }: KubeconfigUpload): Promise<readonly Cluster[]> {
    const { clock, kubernetes } = this.#parts;
    const clusters = new Map<string, Cluster>();
    for (const name of kubeconfig.contexts.keys()) {
      if (contextName !== undefined && name !== contextName) continue;
      const flat = await flattenContext(kubeconfig, name, { trust: 'network', clock });
      if (selected?.has(flat.contextId) === false) continue;
      const access = await kubernetes.accessFrom(flat.kubeconfig);
      clusters.set(flat.contextId, { id: flat.contextId, name, access });
    }
    if (clusters.size === 0) throw nothingSelected();
    return [...clusters.values()];
  }

  /** One that fails holds up no other, and makes the whole fail at the end. */
  async #run(clusters: readonly Cluster[], handle: OperationHandle): Promise<void> {
    const { writer, clock, logger } = this.#parts;
    const { signal } = handle;
    let failure: unknown;
    for (const [index, { id, name, access }] of clusters.entries()) {
      const onProgress = (done: number): void => {
        handle.progress(((index + done) / clusters.length) * 100);
      };
      try {
        const counts = await registerCluster({ access, writer, clock, signal, onProgress });
        const { components, added, changed } = counts;
        const message = `${String(components)} components: ${String(added)} new, ${String(changed)} changed`;
        handle.target(id, 'succeeded', message);
        logger.info({ cluster: name, ...counts }, 'components of a cluster registered');
      } catch (error) {
        signal.throwIfAborted();
        failure ??= error;
        handle.target(id, 'failed', toMesheryError(error).message);
        logger.warn({ err: error, cluster: name }, 'components of a cluster could not be registered');
      }
    }
    if (failure !== undefined) throw toMesheryError(failure);
  }
}

function nothingSelected(): MesheryError {
  return new MesheryError('meshery-core-1001', 'No context of the kubeconfig is selected.', {
    probableCause: 'The kubeconfig has no contexts, or "selectedContexts" and "contextName" name none of them.',
    remedy: 'Select contexts by the ids that POST /api/system/kubernetes/contexts answers.',
  });
}
