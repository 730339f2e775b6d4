import { DiscardPolicy, JetStreamApiError, RetentionPolicy, StorageType } from '@nats-io/jetstream';
import type { JetStreamManager, StreamConfig, StreamInfo } from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import type { StreamSpec, StreamState } from '../broker.ts';

/** Creates the stream, or adapts the limits of the one that is there. */
export async function ensureNatsStream(manager: JetStreamManager, spec: StreamSpec): Promise<StreamState> {
  const existing = await findStream(manager, spec.name);
  const wanted = configOf(spec);
  if (existing === undefined) return stateOf(await manager.streams.add(wanted));
  if (sameLimits(existing.config, wanted)) return stateOf(existing);
  return stateOf(await manager.streams.update(spec.name, { ...existing.config, ...limitsOf(wanted) }));
}

async function findStream(manager: JetStreamManager, name: string): Promise<StreamInfo | undefined> {
  try {
    return await manager.streams.info(name);
  } catch (error) {
    if (error instanceof JetStreamApiError && error.status === 404) return undefined;
    throw error;
  }
}

type WantedConfig = Partial<StreamConfig> &
  Pick<StreamConfig, 'name' | 'subjects' | 'max_bytes' | 'max_age' | 'duplicate_window'>;

function configOf(spec: StreamSpec): WantedConfig {
  return {
    name: spec.name,
    subjects: [...spec.subjects],
    storage: StorageType.File,
    retention: spec.keep === 'until-acked' ? RetentionPolicy.Workqueue : RetentionPolicy.Limits,
    discard: spec.whenFull === 'refuse' ? DiscardPolicy.New : DiscardPolicy.Old,
    max_bytes: spec.maxBytes,
    max_age: nanos(spec.maxAgeMs),
    duplicate_window: nanos(spec.duplicateWindowMs),
  };
}

function limitsOf(config: WantedConfig): Pick<StreamConfig, 'subjects' | 'max_bytes' | 'max_age' | 'duplicate_window'> {
  const { subjects, max_bytes, max_age, duplicate_window } = config;
  return { subjects, max_bytes, max_age, duplicate_window };
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
