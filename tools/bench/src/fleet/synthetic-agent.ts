import { ChangeType, Source } from '@meshery/contracts';
import type { Batch, ObjectChange } from '@meshery/contracts';
import { BrokerIngestPort, NatsBroker } from '@meshery/messaging';
import { createLogger, systemClock } from '@meshery/observability';

const logger = createLogger({ service: 'bench', level: 'silent' });
const kind = 'configmaps.v1.';
const perBatch = 64;

/** Where an agent publishes, and for which cluster. */
export interface AgentPlace {
  /** Broker URL with credentials. */
  readonly url: string;
  readonly clusterId: string;
  /** Unique among all runs. */
  readonly incarnation: string;
}

/** A discovery agent without a cluster: its objects are made up. Stop it when done. */
export class SyntheticAgent {
  readonly #place: AgentPlace;
  readonly #broker: NatsBroker;
  readonly #port: BrokerIngestPort;
  readonly #stop = new AbortController();
  #sequence = 0;
  #version = 1;

  constructor(place: AgentPlace) {
    this.#place = place;
    this.#broker = new NatsBroker({ url: place.url, name: 'meshsync' }, { clock: systemClock, logger });
    this.#port = new BrokerIngestPort({ broker: this.#broker, clock: systemClock, logger });
  }

  /** Tells of `objects` objects. Resolves when everything is stored in the stream. */
  async snapshot(objects: number): Promise<void> {
    const { signal } = this.#stop;
    await this.#broker.open(signal);
    const { clusterId, incarnation } = this.#place;
    const run = { clusterId, incarnation, clusterName: clusterId, apiServerUrl: '', agentVersion: 'bench' };
    await this.#port.openRun({ ...run, source: Source.SOURCE_AGENT, streamCreatedAtUnixMs: 0 }, signal);
    await this.#send({ $case: 'snapshotBegin', value: {} });
    for (let start = 0; start < objects; start += perBatch) {
      const count = Math.min(perBatch, objects - start);
      const changes = Array.from({ length: count }, (_, index) => this.#object(start + index, '1'));
      await this.#send({ $case: 'changes', value: { objects: changes, resourceVersion: '' } });
    }
    await this.#send({ $case: 'snapshotEnd', value: { resourceVersion: '1', objectCount: objects } });
  }

  /** Changes one object; answers its uid and new version at once, and when the stream has it. */
  change(number: number): { readonly uid: string; readonly resourceVersion: string; readonly stored: Promise<void> } {
    this.#version += 1;
    const object = this.#object(number, String(this.#version));
    const stored = this.#send({ $case: 'changes', value: { objects: [object], resourceVersion: '' } });
    return { uid: object.uid, resourceVersion: object.resourceVersion, stored };
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#broker.close();
  }

  async #send(body: NonNullable<Batch['body']>): Promise<void> {
    this.#sequence += 1;
    const { clusterId, incarnation } = this.#place;
    const sequence = this.#sequence;
    const producedAtUnixMs = Date.now();
    await this.#port.send(
      { clusterId, incarnation, kind, epoch: 1, sequence, producedAtUnixMs, body },
      this.#stop.signal,
    );
  }

  #object(number: number, resourceVersion: string): ObjectChange {
    const name = `config-${String(number)}`;
    const uid = `${this.#place.clusterId}-${String(number)}`;
    const metadata = { name, namespace: 'shop', uid, resourceVersion, labels: { app: `app-${String(number % 20)}` } };
    const json = JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { text: 'x'.repeat(900) } });
    return {
      type: ChangeType.CHANGE_TYPE_UPSERT,
      uid,
      apiVersion: 'v1',
      kind: 'ConfigMap',
      namespace: 'shop',
      name,
      resourceVersion,
      creationTimestamp: '2026-01-02T03:04:05Z',
      labels: metadata.labels,
      json,
    };
  }
}
