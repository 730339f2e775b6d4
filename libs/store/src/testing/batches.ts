import type { Batch, ObjectChange, OpenRunRequest } from '@meshery/contracts';
import { changeTypes, sources } from '../shared/wire-codes.ts';

/** Builders of ingest messages for the contract suite and benchmarks. */

/** A Pod-like object; every field can be replaced. */
export function objectChange(name: string, over: Partial<ObjectChange> = {}): ObjectChange {
  const namespace = over.namespace ?? 'default';
  const base = {
    type: changeTypes.upsert,
    uid: `uid-${namespace}-${name}`,
    apiVersion: 'v1',
    kind: 'Pod',
    namespace,
    name,
    resourceVersion: '1',
    creationTimestamp: '2026-01-02T03:04:05Z',
    labels: { app: 'web' },
    json: '',
  };
  const merged = { ...base, ...over };
  if (merged.type === changeTypes.delete || over.json !== undefined) return merged;
  return { ...merged, json: textOf(merged) };
}

function textOf(object: Omit<ObjectChange, 'json'>): string {
  const { apiVersion, kind, name, namespace, uid, resourceVersion, labels, creationTimestamp } = object;
  return JSON.stringify({
    apiVersion,
    kind,
    metadata: { name, namespace, uid, resourceVersion, labels, creationTimestamp },
  });
}

/** A delete of the object that `objectChange` makes for the same name. */
export function deletion(name: string, over: Partial<ObjectChange> = {}): ObjectChange {
  return objectChange(name, { type: changeTypes.delete, labels: {}, ...over });
}

/** One run of one agent: counts sequences per kind as an agent does. */
export class RunScript {
  readonly clusterId: string;
  readonly incarnation: string;
  readonly source: number;
  private readonly sequences = new Map<string, number>();
  private readonly epochs = new Map<string, number>();

  constructor(clusterId: string, incarnation: string, source: number = sources.embedded) {
    this.clusterId = clusterId;
    this.incarnation = incarnation;
    this.source = source;
  }

  open(over: Partial<OpenRunRequest> = {}): OpenRunRequest {
    return {
      clusterId: this.clusterId,
      incarnation: this.incarnation,
      clusterName: 'test',
      apiServerUrl: 'https://127.0.0.1:6443',
      agentVersion: '1.0.0',
      source: this.source as OpenRunRequest['source'],
      streamCreatedAtUnixMs: 0,
      ...over,
    };
  }

  /** Goes on from a checkpoint of an earlier run. */
  resume(kind: string, epoch: number): void {
    this.epochs.set(kind, epoch);
  }

  /** Leaves a hole in the sequence of a kind. */
  skip(kind: string): void {
    this.sequences.set(kind, (this.sequences.get(kind) ?? 0) + 1);
  }

  begin(kind: string): Batch {
    this.epochs.set(kind, (this.epochs.get(kind) ?? 0) + 1);
    return this.batch(kind, { $case: 'snapshotBegin', value: {} });
  }

  end(kind: string, resourceVersion: string, objectCount = 0): Batch {
    return this.batch(kind, { $case: 'snapshotEnd', value: { resourceVersion, objectCount } });
  }

  changes(kind: string, objects: ObjectChange[], resourceVersion = ''): Batch {
    return this.batch(kind, { $case: 'changes', value: { objects, resourceVersion } });
  }

  /** Any batch with the next sequence of its kind. */
  batch(kind: string, body: NonNullable<Batch['body']>): Batch {
    const sequence = (this.sequences.get(kind) ?? 0) + 1;
    this.sequences.set(kind, sequence);
    const epoch = this.epochs.get(kind) ?? 0;
    const { clusterId, incarnation } = this;
    return { clusterId, incarnation, kind, epoch, sequence, producedAtUnixMs: 0, body };
  }
}
