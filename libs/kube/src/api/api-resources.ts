import { malformedAnswer, requestForbidden } from '../kube-errors.ts';

/** A resource type that the API server serves. */
export interface ApiResource {
  /** Empty for the core group. */
  readonly group: string;
  readonly version: string;
  /** Lower-case plural, as in the URL. */
  readonly plural: string;
  /** Lower-case singular; empty when the server names none. */
  readonly singular: string;
  readonly kind: string;
  readonly namespaced: boolean;
  readonly verbs: readonly string[];
}

/** What discovery found. */
export interface ApiCatalog {
  /** Each (group, plural) once, in the most preferred version that can be listed and watched. */
  readonly resources: readonly ApiResource[];
  /** Groups whose documents the server could not refresh: what is missing there is not gone. */
  readonly staleGroups: ReadonlySet<string>;
}

/** All (group, version, resource) of one group in order of preference. */
export interface GroupDocument {
  readonly group: string;
  readonly stale: boolean;
  readonly versions: readonly { readonly version: string; readonly resources: readonly ApiResource[] }[];
}

/** Groups of a document by path, with the ETag they came with. */
export type DiscoveryCache = Map<string, { readonly etag: string; readonly groups: readonly GroupDocument[] }>;

/** Throws the coded error of a discovery answer that is not a 200. */
export function checkDiscoveryStatus(status: number, path: string): void {
  if (status === 200) return;
  if (status === 403) throw requestForbidden(`get ${path}`, 'system:discovery is not granted.');
  throw malformedAnswer(path, `status ${String(status)}`);
}

/** Parses JSON of the API server. */
export function parseAnswer(body: Buffer, path: string): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (error) {
    throw malformedAnswer(path, 'it is not JSON', error);
  }
}
