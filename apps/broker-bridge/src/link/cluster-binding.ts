import { isSubjectToken } from '@meshery/contracts';

/** Binds one broker connection to one cluster id: the configured one, else the first that is heard. */
export class ClusterBinding {
  #clusterId: string | undefined;

  constructor(configured: string | undefined) {
    this.#clusterId = configured;
  }

  get clusterId(): string | undefined {
    return this.#clusterId;
  }

  /** Why a payload does not belong here; undefined when it does. `onSubject` is the id in its subject, if it has one. */
  whyForeign(clusterId: string, onSubject?: string): string | undefined {
    if (onSubject !== undefined && onSubject !== clusterId) return 'its cluster id is not that of its subject';
    if (!isSubjectToken(clusterId)) return 'its cluster id is malformed';
    this.#clusterId ??= clusterId;
    return clusterId === this.#clusterId ? undefined : 'its cluster id is not the one of this connection';
  }
}
