import { defaultStreamConfig } from '@meshery/kube';
import type { StreamConfig } from '@meshery/kube';

/** Every limit, time and choice of the discovery engine. */
export interface DiscoveryConfig {
  /** Name of the cluster as people see it, for example the context name. */
  readonly clusterName: string;
  /** Version of the agent, in reports. */
  readonly agentVersion: string;
  /**
   * Which kinds to watch, as written by the user: the published form (`whitelist` and `blacklist` as JSON text) or the
   * typed form (lists). Absent means every kind. An invalid one is a visible condition, and the last good one stays in
   * force, or every kind is watched.
   */
  readonly watchList: unknown;
  /** Names of resources to keep, singular or plural, any case; empty keeps all. */
  readonly outputResources: readonly string[];
  /** Namespaces whose objects to keep; empty keeps all, else cluster-scoped kinds are left out. */
  readonly outputNamespaces: readonly string[];
  /** Read Secrets with their key names (values replaced); else only their metadata leave the API server. Default false. */
  readonly secretKeyNames: boolean;
  /** Most objects of a batch. Default 64. */
  readonly batchObjects: number;
  /** Most text of a batch in UTF-16 units, unless one object is larger. Default 262,144. */
  readonly batchBytes: number;
  /** Most batches of one kind in flight. Default 8. */
  readonly batchesPerKind: number;
  /** Most batches of all kinds in flight. Default 32. */
  readonly batchesInFlight: number;
  /** Batches in flight up to which single events go out at once instead of being collected. Default 4. */
  readonly eagerBatches: number;
  /** Snapshots under way at a time. Default 6. */
  readonly concurrentSnapshots: number;
  /** Least time between two checkpoints of a kind that come from bookmarks alone, in ms. Default 5000. */
  readonly checkpointIntervalMs: number;
  /** Longest wait for the answer to openRun, in ms. Default 10,000. */
  readonly openRunTimeoutMs: number;
  /** First and greatest delay between attempts to send, or to start, in ms. Default 500 and 10,000. */
  readonly retryMinMs: number;
  readonly retryMaxMs: number;
  /** Sending in vain for this long makes a kind lagging, in ms. Default 30,000. */
  readonly sendLagMs: number;
  /** Deepest nesting of an object that is passed on. Default 1000. */
  readonly maxDepth: number;
  /** Time between looks at the discovery documents without a reason, in ms. Default 300,000. */
  readonly rediscoverMs: number;
  /** The same while CustomResourceDefinitions cannot be watched, in ms. Default 30,000. */
  readonly rediscoverBlindMs: number;
  /** Longest time for saying good-bye, in ms. Default 2000. */
  readonly stopTimeoutMs: number;
  readonly stream: StreamConfig;
}

/** The choices that can change while an agent runs. */
export type DiscoverySettings = Pick<DiscoveryConfig, 'watchList' | 'outputNamespaces' | 'secretKeyNames'>;

/** The documented defaults; a host overrides what it configures. */
export const defaultDiscoveryConfig: DiscoveryConfig = {
  clusterName: '',
  agentVersion: '',
  watchList: undefined,
  outputResources: [],
  outputNamespaces: [],
  secretKeyNames: false,
  batchObjects: 64,
  batchBytes: 256 * 1024,
  batchesPerKind: 8,
  batchesInFlight: 32,
  eagerBatches: 4,
  concurrentSnapshots: 6,
  checkpointIntervalMs: 5000,
  openRunTimeoutMs: 10_000,
  retryMinMs: 500,
  retryMaxMs: 10_000,
  sendLagMs: 30_000,
  maxDepth: 1000,
  rediscoverMs: 300_000,
  rediscoverBlindMs: 30_000,
  stopTimeoutMs: 2000,
  stream: defaultStreamConfig,
};
