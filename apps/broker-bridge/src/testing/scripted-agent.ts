import { ChangeType, Source } from '@meshery/contracts';
import type { Batch, IngestControl, IngestPort, ObjectChange, OpenRunResponse } from '@meshery/contracts';
import { createLogger, systemClock } from '@meshery/observability';
import { BrokerIngestPort, NatsBroker } from '@meshery/messaging';
import type { NatsBrokerOptions } from '@meshery/messaging';
import { monotonicFactory } from 'ulid';

const logger = createLogger({ service: 'agent', level: 'silent' });
const nextId = monotonicFactory();

export const pods = 'pods.v1.';

/** A Pod-like change. */
export function podChange(name: string, version: string, over: Partial<ObjectChange> = {}): ObjectChange {
  const json = JSON.stringify({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'shop', uid: `u-${name}`, resourceVersion: version },
  });
  return {
    type: ChangeType.CHANGE_TYPE_UPSERT,
    uid: `u-${name}`,
    apiVersion: 'v1',
    kind: 'Pod',
    namespace: 'shop',
    name,
    resourceVersion: version,
    creationTimestamp: '2026-01-02T03:04:05Z',
    labels: {},
    json,
    ...over,
  };
}

/** An agent without Kubernetes: says what a test tells it, follows controls like a real one. */
export class ScriptedAgent {
  readonly clusterId: string;
  readonly incarnation = nextId();
  readonly broker: NatsBroker;
  readonly port: IngestPort;
  readonly controls: IngestControl[] = [];
  /** What the cluster holds, by name. */
  readonly objects = new Map<string, string>();
  readonly #stop = new AbortController();
  readonly #sends: Promise<unknown>[] = [];
  #sequence = 0;
  #epoch = 0;

  constructor(url: string, clusterId: string, options: Partial<NatsBrokerOptions> = {}) {
    this.clusterId = clusterId;
    const broker = { url, name: 'meshsync', reconnectMs: 50, ...options };
    this.broker = new NatsBroker(broker, { clock: systemClock, logger });
    this.port = new BrokerIngestPort({
      broker: this.broker,
      clock: systemClock,
      logger,
      limits: { openTimeoutMs: 10_000, publishTimeoutMs: 1000 },
    });
  }

  async open(): Promise<OpenRunResponse> {
    await this.broker.open(this.#stop.signal);
    this.port
      .controls(
        this.clusterId,
        (control) => {
          this.#onControl(control);
        },
        this.#stop.signal,
      )
      .catch(() => undefined);
    return this.port.openRun(
      {
        clusterId: this.clusterId,
        incarnation: this.incarnation,
        clusterName: 'test',
        apiServerUrl: '',
        agentVersion: 'test',
        source: Source.SOURCE_AGENT,
        streamCreatedAtUnixMs: 0,
      },
      this.#stop.signal,
    );
  }

  batch(body: NonNullable<Batch['body']>): Batch {
    this.#sequence += 1;
    return {
      clusterId: this.clusterId,
      incarnation: this.incarnation,
      kind: pods,
      epoch: this.#epoch,
      sequence: this.#sequence,
      producedAtUnixMs: Date.now(),
      body,
    };
  }

  begin(): Batch {
    this.#epoch += 1;
    return this.batch({ $case: 'snapshotBegin', value: {} });
  }

  changes(...objects: readonly ObjectChange[]): Batch {
    return this.batch({ $case: 'changes', value: { objects: [...objects], resourceVersion: '' } });
  }

  end(): Batch {
    return this.batch({ $case: 'snapshotEnd', value: { resourceVersion: '1', objectCount: this.objects.size } });
  }

  send(batch: Batch): void {
    const sent = this.port.send(batch, this.#stop.signal);
    sent.catch(() => undefined);
    this.#sends.push(sent);
  }

  /** Creates or changes an object and tells of it. */
  upsert(name: string, version: string): void {
    this.objects.set(name, version);
    this.send(this.changes(podChange(name, version)));
  }

  delete(name: string): void {
    this.objects.delete(name);
    this.send(this.changes(podChange(name, '0', { type: ChangeType.CHANGE_TYPE_DELETE, json: '' })));
  }

  /** Sends everything it has as a new snapshot. */
  snapshot(): void {
    this.send(this.begin());
    const all = [...this.objects].map(([name, version]) => podChange(name, version));
    for (let start = 0; start < all.length; start += 64) this.send(this.changes(...all.slice(start, start + 64)));
    this.send(this.end());
  }

  /** Resolves when everything sent is stored in the stream. */
  async stored(): Promise<void> {
    await Promise.all(this.#sends);
  }

  /** The rows that the far side must come to. */
  rows(): readonly string[] {
    return [...this.objects].map(([name, version]) => `u-${name}@${version}`).sort();
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await Promise.allSettled(this.#sends);
    await this.broker.close();
  }

  #onControl(control: IngestControl): void {
    this.controls.push(control);
    if (control.type !== 'superseded') this.snapshot();
  }
}
