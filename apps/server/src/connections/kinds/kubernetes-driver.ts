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
import type { OperatorDeployments } from '../../operator-deployment/operator-deployments.ts';
import { parentOf } from '../../operator-deployment/part-connections.ts';
import type { EgressClient } from '../../egress/egress-client.ts';
import type { Providers } from '../../provider/providers.ts';
import { clusterIdKey } from '../cluster-of.ts';
import type { ClusterLinks } from '../cluster-links.ts';
import { everyConnection } from '../every-connection.ts';
import { modeOf } from '../meshsync-mode.ts';
import type { ConnectionDriver, ProbeAnswer } from './connection-driver.ts';

const probeMs = 5000;

/** What clusters are reached with. */
export interface KubernetesDriverParts {
  readonly providers: Providers;
  readonly discovery: DiscoveryHost;
  readonly operators: OperatorDeployments;
  readonly egress: EgressClient;
  readonly links: ClusterLinks;
  readonly config: ServerConfig;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Clusters: what is connected is discovered by an agent of this process, or by the operator that is deployed there. */
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
    return this.probeAccess(await this.accessOf(connection), ctx.signal);
  }

  /** The way to the API server of a connection. Rejects as `accessFrom` does, or with `meshery-connection-1705`. */
  accessOf(connection: Connection): Promise<ClusterAccess> {
    return this.#source(connection).resolve();
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

  async start(connection: Connection): Promise<void> {
    const { config, discovery, operators } = this.#parts;
    const source = this.#source(connection);
    if (modeOf(connection, config.meshsyncMode) === 'operator') {
      await discovery.detach(connection.id);
      operators.deploy(connection, source);
    } else {
      discovery.attach(connection.id, source);
      operators.withdraw(connection, source);
    }
  }

  async stop(connection: Connection): Promise<void> {
    await this.#parts.discovery.detach(connection.id);
    this.#parts.operators.withdraw(connection, this.#source(connection));
  }

  async follow(connection: Connection): Promise<void> {
    const { config, discovery, operators } = this.#parts;
    const { id, status, credentialId } = connection;
    // The contexts that another server was started for are its own.
    if (typeof credentialId !== 'string' && !this.#own.has(id)) return;
    const mode = status === 'connected' ? modeOf(connection, config.meshsyncMode) : undefined;
    if (mode === 'operator') operators.follow(connection, this.#source(connection));
    else operators.leave(id);
    if (mode === 'embedded') discovery.attach(id, this.#source(connection));
    else await discovery.detach(id);
  }

  async takeLeave(connection: Connection): Promise<() => Promise<void>> {
    const { discovery, logger, operators } = this.#parts;
    const { id, name } = connection;
    const access = await this.#source(connection)
      .resolve()
      .catch((error: unknown) => {
        logger.debug({ connection: id, err: error }, 'a cluster that goes cannot be reached');
      });
    return async () => {
      await discovery.detach(id);
      const source = access === undefined ? this.#source(connection) : { name, resolve: () => Promise.resolve(access) };
      operators.withdraw(connection, source, { isLast: true });
    };
  }

  forget(connection: Connection): Promise<void> {
    this.#own.delete(connection.id);
    return this.#parts.links.forget(connection);
  }

  /** Goes on to remove operators of clusters that were disconnected when the server stopped, and forgets those of removed ones. */
  async resume(ctx: RequestContext): Promise<void> {
    const { connections } = this.#parts.providers.of(ctx);
    const { links, operators } = this.#parts;
    for await (const part of everyConnection(ctx, connections, { kind: ['operator'] })) {
      const id = parentOf(part);
      const parent = id === undefined ? undefined : await links.connection(ctx, id);
      if (parent !== undefined && parent.status !== 'connected') await this.stop(parent);
      const { name, organizationId } = part;
      if (id !== undefined && parent === undefined) await operators.forgetParts(ctx, { id, name, organizationId });
    }
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
    const { id, name } = connection;
    // The server's own contexts become known after the start, so they are looked up when they are needed.
    return { name, resolve: () => this.#own.get(id)?.resolve() ?? this.#openAccess(connection) };
  }

  async #openAccess({ name, credentialId }: Connection): Promise<ClusterAccess> {
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
