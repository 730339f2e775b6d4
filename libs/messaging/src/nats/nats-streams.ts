import { DiscardPolicy, JetStreamApiError, RetentionPolicy, StorageType } from '@nats-io/jetstream';
import type { JetStreamManager, StreamConfig, StreamInfo } from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import type { StreamSpec, StreamState } from '../broker.ts';

/** Copies of a stream among the servers of a cluster: any one of them may be lost. */
const clusterCopies = 3;
/** Fewer servers than copies, or one alone, which names a cluster of its own when leaf nodes join it. */
const tooFewServers: readonly number[] = [10_005, 10_074];

/**
 * Creates the stream, or adapts the limits of the one that is there. A cluster of servers keeps three copies if it has
 * as many servers, which only its answer tells; a stream that began with one copy gets the others.
 */
export async function ensureNatsStream(
  manager: JetStreamManager,
  spec: StreamSpec,
  clustered: boolean,
): Promise<StreamState> {
  const existing = await findStream(manager, spec.name);
  const make = (copies: number): Promise<StreamInfo> => {
    const wanted = configOf(spec, copies);
    if (existing === undefined) return manager.streams.add(wanted);
    if (sameLimits(existing.config, wanted)) return Promise.resolve(existing);
    return manager.streams.update(spec.name, { ...existing.config, ...limitsOf(wanted) });
  };
  const present = existing?.config.num_replicas ?? 1;
  if (!clustered || present >= clusterCopies) return stateOf(await make(present));
  try {
    return stateOf(await make(clusterCopies));
  } catch (error) {
    if (!(error instanceof JetStreamApiError) || !tooFewServers.includes(error.code)) throw error;
    return stateOf(await make(present));
  }
}

async function findStream(manager: JetStreamManager, name: string): Promise<StreamInfo | undefined> {
  try {
    return await manager.streams.info(name);
  } catch (error) {
    if (error instanceof JetStreamApiError && error.status === 404) return undefined;
    throw error;
  }
}

type Limits = 'subjects' | 'max_bytes' | 'max_age' | 'duplicate_window' | 'num_replicas';
type WantedConfig = Partial<StreamConfig> & Pick<StreamConfig, 'name' | Limits>;

function configOf(spec: StreamSpec, copies: number): WantedConfig {
  return {
    name: spec.name,
    subjects: [...spec.subjects],
    storage: StorageType.File,
    retention: spec.keep === 'until-acked' ? RetentionPolicy.Workqueue : RetentionPolicy.Limits,
    discard: spec.whenFull === 'refuse' ? DiscardPolicy.New : DiscardPolicy.Old,
    max_bytes: spec.maxBytes,
    max_age: nanos(spec.maxAgeMs),
    duplicate_window: nanos(spec.duplicateWindowMs),
    num_replicas: copies,
  };
}

function limitsOf(config: WantedConfig): Pick<StreamConfig, Limits> {
  const { subjects, max_bytes, max_age, duplicate_window, num_replicas } = config;
  return { subjects, max_bytes, max_age, duplicate_window, num_replicas };
}

function sameLimits(existing: StreamConfig, wanted: WantedConfig): boolean {
  return JSON.stringify(limitsOf(existing)) === JSON.stringify(limitsOf(wanted));
}

function stateOf(info: StreamInfo): StreamState {
  return {
    createdAtUnixMs: Date.parse(info.created),
    messages: info.state.messages,
    bytes: info.state.bytes,
    lastSequence: info.state.last_seq,
  };
}
