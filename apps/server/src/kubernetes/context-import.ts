import { toMesheryError } from '@meshery/errors';
import { flattenContext } from '@meshery/kube';
import type { FlatContext } from '@meshery/kube';
import type { Connection } from '@meshery/object-model';
import type { Clock, RequestContext } from '@meshery/observability';
import { userOf } from '../audit/audit-entry.ts';
import type { RefusalLog } from '../audit/refusal-log.ts';
import type { ConnectionLife } from '../connections/connection-life.ts';
import type { ConnectionMaker } from '../connections/connection-maker.ts';
import type { KubernetesDriver } from '../connections/kinds/kubernetes-driver.ts';
import { modeKey, modeOf } from '../connections/meshsync-mode.ts';
import type { MeshsyncMode } from '../connections/meshsync-mode.ts';
import type { NewConnection } from '../provider/connections-port.ts';
import type { Provider } from '../provider/provider.ts';
import type { Providers } from '../provider/providers.ts';
import { organizationFor } from '../rest/first-organization.ts';
import { contextView } from './context-view.ts';
import type { ContextFacts } from './context-view.ts';
import { inParallel } from './in-parallel.ts';
import type { KubeconfigUpload } from './kubeconfig-upload.ts';

/** Clusters dialled at the same time. */
const dialled = 16;
/** Time for all of them together: a request has to be answered, and who did not answer by then may later. */
const diallingMs = 20_000;

/** What became of the contexts of an upload. */
export interface ImportAnswer {
  readonly registeredContexts: readonly object[];
  readonly connectedContexts: readonly object[];
  readonly ignoredContexts: readonly object[];
  readonly erroredContexts: readonly object[];
}

type Bucket = keyof ImportAnswer;

/** What contexts are imported with. */
export interface ContextImportParts {
  readonly providers: Providers;
  readonly maker: ConnectionMaker;
  readonly life: ConnectionLife;
  readonly kubernetes: KubernetesDriver;
  readonly refusals: Pick<RefusalLog, 'note'>;
  readonly clock: Clock;
  /** Of contexts that say nothing else. */
  readonly defaultMode: MeshsyncMode;
}

interface Found {
  readonly flat: FlatContext | undefined;
  readonly facts: ContextFacts;
}

/** Takes contexts out of uploaded kubeconfigs. One that is wrong is named and holds up no other. */
export class ContextImport {
  readonly #parts: ContextImportParts;

  constructor(parts: ContextImportParts) {
    this.#parts = parts;
  }

  /** Every context of an upload and whether it answers; nothing is kept. */
  async discover(ctx: RequestContext, upload: KubeconfigUpload): Promise<readonly object[]> {
    const found = await this.#find(ctx, upload);
    return found.map(({ facts }) => contextView(facts));
  }

  /** Makes the selected contexts connections: connected where they answer, discovered where they do not. */
  async run(ctx: RequestContext, upload: KubeconfigUpload): Promise<ImportAnswer> {
    const answer = {
      registeredContexts: [] as object[],
      connectedContexts: [] as object[],
      ignoredContexts: [] as object[],
      erroredContexts: [] as object[],
    };
    for (const found of await this.#find(ctx, upload)) {
      const { bucket, view } = await this.#take(ctx, upload, found);
      answer[bucket].push(view);
    }
    const counts = Object.fromEntries(Object.entries(answer).map(([bucket, views]) => [bucket, views.length]));
    ctx.logger.info(counts, 'kubeconfig imported');
    return answer;
  }

  async #find(ctx: RequestContext, upload: KubeconfigUpload): Promise<readonly Found[]> {
    const { contextName, kubeconfig } = upload;
    const names = [...kubeconfig.contexts.keys()].filter((name) => contextName === undefined || name === contextName);
    const limit = AbortSignal.any([ctx.signal, AbortSignal.timeout(diallingMs)]);
    const found = await inParallel(names, dialled, (name) => this.#look(limit, upload, name));
    ctx.signal.throwIfAborted();
    const kept = found.flatMap((one) => one ?? []);
    for (const { flat, facts } of kept) if (flat === undefined) this.#audit(ctx, facts);
    return kept;
  }

  /** The answer is no refusal as a whole, so that each context that was refused is audited by itself. */
  #audit(ctx: RequestContext, { error }: ContextFacts): void {
    const about = { action: 'kubernetes context', objectId: '', organizationId: '' };
    const reason = error?.code ?? '';
    this.#parts.refusals.note({ ...userOf(ctx.user), ...about, reason, requestId: ctx.requestId });
  }

  async #look(limit: AbortSignal, upload: KubeconfigUpload, name: string): Promise<Found | undefined> {
    const { clock, defaultMode, kubernetes } = this.#parts;
    const unknown = { id: '', server: '', version: '', kubernetesServerId: '' };
    const nothing = { ...unknown, name, isReachable: false, meshsyncDeploymentMode: defaultMode };
    let flat: FlatContext;
    try {
      const plain = await flattenContext(upload.kubeconfig, name, { trust: 'network', clock });
      if (upload.selected?.has(plain.contextId) === false) return undefined;
      const rename = upload.contexts[plain.contextId]?.name;
      flat =
        rename === undefined
          ? plain
          : await flattenContext(upload.kubeconfig, name, { trust: 'network', clock, rename });
    } catch (error) {
      return { flat: undefined, facts: { ...nothing, error: errorOf(error) } };
    }
    const known = { ...nothing, id: flat.contextId, name: flat.name, server: flat.server };
    try {
      const access = await kubernetes.accessFrom(flat.kubeconfig);
      const { version, facts } = await kubernetes.probeAccess(access, limit);
      const kubernetesServerId = String(facts['kubernetesServerId']);
      return { flat, facts: { ...known, isReachable: true, version, kubernetesServerId } };
    } catch (error) {
      const why = errorOf(error);
      // What cannot be used whatever happens is an error; what does not answer now may answer later.
      return { flat: why.isLasting ? undefined : flat, facts: { ...known, error: why } };
    }
  }

  async #take(ctx: RequestContext, upload: KubeconfigUpload, found: Found): Promise<{ bucket: Bucket; view: object }> {
    const { flat, facts } = found;
    if (flat === undefined) return { bucket: 'erroredContexts', view: contextView(facts) };
    try {
      const connection = await this.#keep(ctx, upload, { flat, facts });
      return { bucket: bucketOf(connection), view: contextView(facts, connection) };
    } catch (error) {
      return { bucket: 'erroredContexts', view: contextView({ ...facts, error: errorOf(error) }) };
    }
  }

  async #keep(
    ctx: RequestContext,
    upload: KubeconfigUpload,
    { flat, facts }: { readonly flat: FlatContext; readonly facts: ContextFacts },
  ): Promise<Connection> {
    const provider = this.#parts.providers.of(ctx);
    const organizationId = await organizationFor(ctx, provider, undefined);
    const known = await provider.connections.ofContext(ctx, organizationId, flat.contextId);
    if (known?.status === 'ignored') return known;
    const metadata = {
      ...{ id: flat.contextId, name: flat.name, server: flat.server, deploymentType: 'out_of_cluster' },
      ...(facts.isReachable ? { version: facts.version, kubernetesServerId: facts.kubernetesServerId } : {}),
      [modeKey]: this.#mode(upload, flat, known),
    };
    const connection = known ?? (await this.#make(ctx, provider, { flat, metadata, organizationId }));
    if (known !== undefined) {
      const credentialId = await this.#parts.maker.keepSecret(ctx, known, { kubeconfig: flat.kubeconfig });
      await provider.connections.update(ctx, known.id, { metadata, credentialId });
      await this.#parts.life.refresh(ctx, known.id);
    }
    return facts.isReachable ? this.#connect(ctx, connection) : connection;
  }

  async #make(
    ctx: RequestContext,
    provider: Provider,
    context: Pick<NewConnection, 'metadata' | 'organizationId'> & { readonly flat: FlatContext },
  ): Promise<Connection> {
    const { flat, metadata, organizationId } = context;
    const { contextId, name, server: url, kubeconfig } = flat;
    const { id: credentialId } = await provider.credentials.create(ctx, {
      ...{ name, organizationId, type: 'kubernetes' },
      secret: { kubeconfig },
    });
    const kind = { kind: 'kubernetes', type: 'platform', subType: 'orchestration', status: 'discovered' } as const;
    const links = { credentialId, contextId, controllersConfig: null, organizationId } as const;
    const draft = { ...kind, ...links, name, url, metadata, description: '', styles: {}, origin: 'user' } as const;
    try {
      return await provider.connections.create(ctx, draft, 'Its kubeconfig was uploaded.');
    } catch (error) {
      await provider.credentials.remove(ctx, credentialId);
      throw error;
    }
  }

  async #connect(ctx: RequestContext, connection: Connection): Promise<Connection> {
    const { life } = this.#parts;
    const why = 'Its kubeconfig was uploaded.';
    const step = (to: 'discovered' | 'registered' | 'connected') =>
      life.move(ctx, connection.id, { to, why, isTrusted: true });
    const { status } = connection;
    if (status === 'connected') return connection;
    if (status === 'not found') await step('discovered');
    if (status === 'not found' || status === 'discovered') await step('registered');
    return step('connected');
  }

  #mode({ contexts, mode }: KubeconfigUpload, { contextId }: FlatContext, known?: Connection): MeshsyncMode {
    const { defaultMode } = this.#parts;
    const said = contexts[contextId]?.meshsyncDeploymentMode ?? mode;
    return said ?? (known === undefined ? defaultMode : modeOf(known, defaultMode));
  }
}

function bucketOf({ status }: Connection): Bucket {
  if (status === 'connected') return 'connectedContexts';
  return status === 'ignored' ? 'ignoredContexts' : 'registeredContexts';
}

function errorOf(thrown: unknown) {
  const { code, message, remedy = '', mapping } = toMesheryError(thrown);
  return { code, message, remedy, isLasting: mapping.http < 500 && mapping.http !== 401 };
}
