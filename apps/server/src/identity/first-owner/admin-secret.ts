import { createKubeTransport } from '@meshery/kube';
import { KubeClient } from '@meshery/kube/reconcile';
import type { ResourceType } from '@meshery/kube/reconcile';
import type { Clock } from '@meshery/observability';
import type { ServerConfig } from '../../config.ts';
import { clusterSources } from '../../discovery/cluster-sources.ts';

/** The Secret that shows the code of the first sign-in to whoever may read Secrets of the server's namespace. */
export interface AdminSecret {
  /** "namespace/name". */
  readonly name: string;
  /** Makes the Secret or replaces its code. Rejects with a coded error of the cluster. */
  publish(code: string): Promise<void>;
  /** Deletes it, if it is there. Rejects with a coded error of the cluster. */
  withdraw(): Promise<void>;
}

const secrets: ResourceType = { group: '', version: 'v1', plural: 'secrets', kind: 'Secret', namespaced: true };
const deadlineMs = 10_000;
const fieldManager = 'meshery-server';

/** The Secret that the configuration names, in the server's own cluster; undefined when it names none. */
export function adminSecret(config: ServerConfig, clock: Clock): AdminSecret | undefined {
  const { initialAdminSecret: name, podNamespace: namespace } = config;
  if (name === undefined) return undefined;
  const metadata = { name, namespace };
  return {
    name: `${namespace}/${name}`,
    publish: (code) =>
      withClient(config, clock, async (client, signal) => {
        const data = { code: Buffer.from(code).toString('base64') };
        const wanted = { apiVersion: 'v1', kind: 'Secret', metadata, type: 'Opaque', data };
        // A right to create can be bound to a name only for server-side apply.
        await client.apply(secrets, wanted, fieldManager, signal);
      }),
    withdraw: () =>
      withClient(config, clock, async (client, signal) => {
        await client.delete(secrets, metadata, {}, signal);
      }),
  };
}

/** Two calls in the life of a server: no connection is kept. */
async function withClient(
  config: ServerConfig,
  clock: Clock,
  work: (client: KubeClient, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const signal = AbortSignal.timeout(deadlineMs);
  const [source] = await clusterSources(config, clock);
  if (source === undefined) throw new TypeError('there is always a cluster, or an error that says why not');
  const transport = createKubeTransport(await source.resolve(), { clock, userAgent: fieldManager });
  try {
    await work(new KubeClient({ transport, clock }), signal);
  } finally {
    await transport.close();
  }
}
