import type { KubeTransport } from '@meshery/kube';
import { unusable } from './component-reader.ts';

/** One document of an API server: the kinds of one group in one version. */
export interface ApiDocument {
  /** Empty for the core group. */
  readonly group: string;
  readonly version: string;
  /** Such as `v1` or `apps/v1`. */
  readonly apiVersion: string;
  readonly path: string;
}

const maxDocuments = 2000;
const maxDocumentBytes = 16 * 1024 * 1024;
const groupVersion = /^(?:api|apis\/([a-z0-9][a-z0-9.-]{0,252}))\/(v[a-z0-9]{1,62})$/;

/** Every group and version that the API server describes. Rejects with `meshery-registry-2100` and `meshery-kube-13xx`. */
export async function listDocuments(transport: KubeTransport, signal: AbortSignal): Promise<readonly ApiDocument[]> {
  const body = await get(transport, '/openapi/v3', signal);
  const paths = pathsOf(body.toString('utf8'));
  if (paths === undefined) throw unusable(transport.server, 'it names no groups');
  const documents = paths.flatMap((path) => {
    const [, group = '', version] = groupVersion.exec(path) ?? [];
    if (version === undefined) return [];
    const apiVersion = group === '' ? version : `${group}/${version}`;
    return [{ group, version, apiVersion, path: `/openapi/v3/${path}` }];
  });
  if (documents.length > maxDocuments) throw unusable(transport.server, `it has over ${String(maxDocuments)} groups`);
  return documents.sort((a, b) => (a.apiVersion < b.apiVersion ? -1 : 1));
}

/** The bytes of one document. Rejects as `listDocuments` does. */
export function readDocument(transport: KubeTransport, { path }: ApiDocument, signal: AbortSignal): Promise<Buffer> {
  return get(transport, path, signal);
}

/** The version that clients of a group should use, as Kubernetes orders them: v2, v1, v1beta1, v1alpha1. */
export function preferredVersion(versions: readonly string[]): string {
  const [best = ''] = versions.toSorted((a, b) => rank(b) - rank(a) || (a < b ? -1 : 1));
  return best;
}

function rank(version: string): number {
  const [, major, stage, minor = '0'] = /^v(\d{1,6})(?:(alpha|beta)(\d{1,6}))?$/.exec(version) ?? [];
  if (major === undefined) return -1;
  const stages = { alpha: 0, beta: 1 } as const;
  const maturity = stage === 'alpha' || stage === 'beta' ? stages[stage] : 2;
  return (maturity * 1e6 + Number(major)) * 1e6 + Number(minor);
}

async function get(transport: KubeTransport, path: string, signal: AbortSignal): Promise<Buffer> {
  const { status, body } = await transport.get(path, { signal, maxBytes: maxDocumentBytes });
  if (status === 200) return body;
  throw unusable(`${transport.server}${path}`, `the answer has status ${String(status)}`);
}

function pathsOf(text: string): readonly string[] | undefined {
  try {
    const { paths } = JSON.parse(text) as { readonly paths?: unknown };
    return typeof paths === 'object' && paths !== null ? Object.keys(paths) : undefined;
  } catch {
    return undefined;
  }
}
