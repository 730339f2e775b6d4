import { MesheryError } from '@meshery/errors';
import { createKubeTransport, parseKubeconfig, readClusterId, resolveAccess } from '@meshery/kube';
import type { ClusterAccess, KubeTransport } from '@meshery/kube';
import type { Connection } from '@meshery/object-model';
import { backgroundContext } from '@meshery/observability';
import type { Clock, Logger, RequestContext } from '@meshery/observability';
import type { ServerConfig } from '../../config.ts';
import { proxySettings } from '../../discovery/cluster-sources.ts';
import type { ClusterSource } from '../../discovery/cluster-sources.ts';
import type { DiscoveryHost } from '../../discovery/discovery-host.ts';
import type { EgressClient } from '../../egress/egress-client.ts';
import type { Providers } from '../../provider/providers.ts';
import { clusterIdKey } from '../cluster-links.ts';
import type { ClusterLinks } from '../cluster-links.ts';
import type { ConnectionDriver, ProbeAnswer } from './connection-driver.ts';

const probeMs = 5000;

/** What clusters are reached with. */
export interface KubernetesDriverParts {
  readonly providers: Providers;
  readonly discovery: DiscoveryHost;
  readonly egress: EgressClient;
  readonly links: ClusterLinks;
  readonly config: ServerConfig;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Clusters: what is connected is discovered by an agent of this process. */
export class KubernetesDriver implements ConnectionDriver {
  readonly #parts: KubernetesDriverParts;
  /** Contexts of the server's own kubeconfig, by id of their connection: the one thing that is trusted with files. */
  readonly #own = new Map<string, ClusterSource>();

  constructor(parts: KubernetesDriverParts) {
    this.#parts = parts;
  }

  /** Says that a connection is a context of the server's own kubeconfig. */
  adopt(id: string, source: ClusterSource): void {
    this.#own.set(id, source);
  }

  async probe(ctx: RequestContext, connection: Connection): Promise<ProbeAnswer> {
    return this.probeAccess(await this.#source(connection).resolve(), ctx.signal);
  }

  /** The version and the identity of whatever answers. Rejects with `meshery-kube-13xx`. */
  async probeAccess(access: ClusterAccess, signal: AbortSignal): Promise<ProbeAnswer> {
    const { clock } = this.#parts;
    const limits = { connectTimeoutMs: probeMs, callTimeoutMs: probeMs, headTimeoutMs: probeMs };
    const transport = createKubeTransport(access, { clock, userAgent: 'meshery-server', ...limits });
    try {
      const kubernetesServerId = await readClusterId(transport, signal);
      const version = await readVersion(transport, signal);
      return { version, facts: { version, [clusterIdKey]: kubernetesServerId, server: access.server } };
    } finally {
      await transport.close();
    }
  }

  start(connection: Connection): void {
    this.#parts.discovery.attach(connection.id, this.#source(connection));
  }

  stop(id: string): Promise<void> {
    return this.#parts.discovery.detach(id);
  }

  forget(connection: Connection): Promise<void> {
    this.#own.delete(connection.id);
    return this.#parts.links.forget(connection);
  }

  /** Access to what a kubeconfig from the network says. Rejects with `meshery-kube-1301` to `1305`, `meshery-connection-1704`. */
  async accessFrom(kubeconfig: string): Promise<ClusterAccess> {
    const { clock, config, egress } = this.#parts;
    const access = await resolveAccess(parseKubeconfig(kubeconfig), {
      trust: 'network',
      clock,
      proxy: proxySettings(config),
    });
    await egress.check(access.server);
    // Looked at again whenever it is dialled: its name may mean another address by then.
    return { ...access, lookup: egress.lookup };
  }

  #source(connection: Connection): ClusterSource {
    const own = this.#own.get(connection.id);
    return own ?? { name: connection.name, resolve: () => this.#accessOf(connection) };
  }

  async #accessOf({ name, credentialId }: Connection): Promise<ClusterAccess> {
    if (typeof credentialId !== 'string') throw withoutCredential(name);
    // An agent outlives the request that started it, so it opens the credential for the server itself.
    const ctx = backgroundContext(this.#parts.logger, AbortSignal.timeout(probeMs), `connection-${name}`);
    const { kubeconfig } = await this.#parts.providers.of(ctx).credentials.open(ctx, credentialId);
    if (typeof kubeconfig !== 'string') throw withoutCredential(name);
    return this.accessFrom(kubeconfig);
  }
}

async function readVersion(transport: KubeTransport, signal: AbortSignal): Promise<string> {
  const { status, body } = await transport.get('/version', { signal });
  try {
    const { gitVersion } = JSON.parse(body.toString('utf8')) as { gitVersion?: unknown };
    return status === 200 && typeof gitVersion === 'string' ? gitVersion.slice(0, 100) : '';
  } catch {
    return '';
  }
}

function withoutCredential(name: string): MesheryError {
  return new MesheryError('meshery-connection-1705', `The cluster "${name}" cannot be reached: it has no credential.`, {
    probableCause:
      'Its credential was removed, or it was a context of a kubeconfig that this server was not started with.',
    remedy: 'Upload its kubeconfig again.',
  });
}
