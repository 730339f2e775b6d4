import type { IngestPort, Source } from '@meshery/contracts';
import type { ClusterAccess } from '@meshery/kube';
import type { Clock, Logger } from '@meshery/observability';
import type { DiscoveryConfig } from '../discovery-config.ts';
import type { DiscoveryMetrics } from '../metrics/discovery-metrics.ts';

/** What an agent needs; everything is injected. */
export interface AgentOptions {
  /** The cluster to discover. */
  readonly access: ClusterAccess;
  /** Where what was found goes. */
  readonly port: IngestPort;
  readonly config: DiscoveryConfig;
  readonly source: Source;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: DiscoveryMetrics;
  /** Gives [0, 1), for jitter. */
  readonly random: () => number;
  /** Gives incarnations: ULIDs, each greater than the one before. */
  readonly ids: () => string;
  /** Creation time of the broker stream, unix ms; absent in embedded mode. */
  readonly streamCreatedAtUnixMs?: () => number;
}
