import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TempDir, makeTempDir } from '@meshery/testing';

/** A request that may change something, as the API server's audit log has it. */
export interface LoggedWrite {
  /** Name of the ServiceAccount. */
  readonly user: string;
  readonly verb: string;
  /** For example "brokers/status". */
  readonly resource: string;
  /** "namespace/name". */
  readonly object: string;
  readonly status: number;
  /** When the API server got it, in ms since 1970. */
  readonly at: number;
}

interface AuditEvent {
  readonly verb: string;
  readonly user: { readonly username: string };
  readonly objectRef?: Readonly<Record<'resource' | 'subresource' | 'namespace' | 'name', string | undefined>>;
  readonly responseStatus?: { readonly code?: number };
  readonly requestReceivedTimestamp: string;
}

const policy = {
  apiVersion: 'audit.k8s.io/v1',
  kind: 'Policy',
  omitStages: ['RequestReceived', 'ResponseStarted'],
  rules: [
    { level: 'None', verbs: ['get', 'list', 'watch'] },
    { level: 'Metadata', userGroups: ['system:serviceaccounts:meshery'] },
    { level: 'None' },
  ],
};

/** What the ServiceAccounts of namespace meshery wrote, told by the API server: an operator's own word is not asked. */
export class WriteLog {
  readonly #dir: TempDir = makeTempDir('audit');
  readonly #path = join(this.#dir.path, 'audit.log');

  /** Flags with which the API server writes it. */
  get apiServerArgs(): readonly string[] {
    const file = join(this.#dir.path, 'policy.json');
    writeFileSync(file, JSON.stringify(policy));
    return [`--audit-policy-file=${file}`, `--audit-log-path=${this.#path}`];
  }

  /** All writes so far in the order of their ends; those of Leases and Events only when asked for. */
  read(options: { readonly all?: boolean } = {}): readonly LoggedWrite[] {
    // What follows the last end of a line is still being written.
    const lines = readFileSync(this.#path, 'utf8').split('\n').slice(0, -1);
    const writes = lines.map((line) => toWrite(JSON.parse(line) as AuditEvent));
    return options.all === true
      ? writes
      : writes.filter(({ resource }) => !/^(leases|events|.*reviews)$/.test(resource));
  }

  remove(): void {
    this.#dir.remove();
  }
}

function toWrite(event: AuditEvent): LoggedWrite {
  const { resource = '', subresource, namespace, name = '' } = event.objectRef ?? {};
  return {
    user: event.user.username.replace(/^system:serviceaccount:meshery:/, ''),
    verb: event.verb,
    resource: subresource === undefined ? resource : `${resource}/${subresource}`,
    object: namespace === undefined ? name : `${namespace}/${name}`,
    status: event.responseStatus?.code ?? 0,
    at: Date.parse(event.requestReceivedTimestamp),
  };
}

/** How many of the values have each key. */
export function countBy<T>(values: readonly T[], keyOf: (value: T) => string): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[keyOf(value)] = (counts[keyOf(value)] ?? 0) + 1;
  return counts;
}
