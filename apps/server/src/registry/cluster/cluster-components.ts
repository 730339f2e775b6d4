import { MesheryError } from '@meshery/errors';
import { createKubeTransport } from '@meshery/kube';
import type { ClusterAccess, KubeTransport } from '@meshery/kube';
import type { ModelDraft } from '@meshery/object-model';
import type { Clock } from '@meshery/observability';
import type { RegistryWriter } from '../registry-writer.ts';
import { clusterRegistrant, componentFrom, groupModel, kubernetesModel } from './cluster-models.ts';
import { ComponentReader, unusable } from './component-reader.ts';
import type { FoundComponent } from './openapi-components.ts';
import { listDocuments, preferredVersion, readDocument } from './openapi-documents.ts';
import type { ApiDocument } from './openapi-documents.ts';

/** Text of the schemas that one cluster may bring, in characters. */
const maxCharacters = 256 * 1024 * 1024;
const connectMs = 5000;

/** What came of reading a cluster. */
export interface ClusterCounts {
  readonly components: number;
  readonly added: number;
  readonly changed: number;
}

/** What a cluster is read with. */
export interface ClusterReading {
  readonly access: ClusterAccess;
  readonly writer: RegistryWriter;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** From 0 to 1. */
  readonly onProgress: (done: number) => void;
}

/**
 * Registers every kind of a cluster that can be listed, one group and version after the other. What was registered
 * before a failure stays. Rejects with `meshery-registry-2100`, `-2101`, `meshery-kube-13xx` and `meshery-store-16xx`.
 */
export async function registerCluster(reading: ClusterReading): Promise<ClusterCounts> {
  const { access, clock, signal } = reading;
  const transport = createKubeTransport(access, { clock, userAgent: 'meshery-server', connectTimeoutMs: connectMs });
  const reader = new ComponentReader();
  try {
    const kubernetes = kubernetesModel(await readVersion(transport, signal));
    const documents = await listDocuments(transport, signal);
    const total = { components: 0, added: 0, changed: 0 };
    let characters = 0;
    for (const [index, document] of documents.entries()) {
      const found = await reader.read(await readDocument(transport, document, signal), document.apiVersion, signal);
      characters += found.reduce((sum, { schema }) => sum + schema.length, 0);
      if (characters > maxCharacters) throw tooLarge(access.server);
      const model = modelFor(document, found, { documents, kubernetes });
      const kept = await keep(reading, model, document, found);
      for (const name of ['components', 'added', 'changed'] as const) total[name] += kept[name];
      reading.onProgress((index + 1) / documents.length);
    }
    return total;
  } finally {
    await Promise.all([reader.close(), transport.close()]);
  }
}

function modelFor(
  { group }: ApiDocument,
  found: readonly FoundComponent[],
  { documents, kubernetes }: { readonly documents: readonly ApiDocument[]; readonly kubernetes: ModelDraft },
): ModelDraft {
  if (found.every(({ isNative }) => isNative)) return kubernetes;
  const versions = documents.filter((other) => other.group === group).map(({ version }) => version);
  return groupModel(group, preferredVersion(versions));
}

async function keep(
  { writer, signal }: ClusterReading,
  model: ModelDraft,
  { apiVersion }: ApiDocument,
  found: readonly FoundComponent[],
): Promise<ClusterCounts> {
  const components = found.flatMap((each) => componentFrom(each, apiVersion) ?? []);
  signal.throwIfAborted();
  const kept = await writer.register({ registrant: clusterRegistrant, model, components });
  return { components: components.length, ...kept };
}

async function readVersion(transport: KubeTransport, signal: AbortSignal): Promise<string> {
  const { body } = await transport.get('/version', { signal, maxBytes: 65_536 });
  const [, version] = /"gitVersion"\s*:\s*"(v[\w.+-]{1,100})"/.exec(body.toString('utf8')) ?? [];
  if (version === undefined) throw unusable(transport.server, 'it does not say its version');
  return version;
}

function tooLarge(server: string): MesheryError {
  return new MesheryError('meshery-registry-2101', `The schemas of ${server} are larger than the registry takes.`, {
    probableCause: 'It defines very many or very large custom resources, or is no Kubernetes API server.',
    remedy: 'What came first is registered; remove definitions that nobody needs, then register the cluster again.',
  });
}
