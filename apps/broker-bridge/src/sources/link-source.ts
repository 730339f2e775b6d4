import type { ErrorCode } from '@meshery/errors';
import type { NatsBrokerOptions } from '@meshery/messaging';

/** What a link is to expect: native batches, published messages, or both, where a native agent wins. */
export type LinkMode = 'auto' | 'native' | 'published';

/** One broker of one cluster. */
export interface LinkSpec {
  /** In logs and metrics; unique in the bridge. */
  readonly name: string;
  /** What two links must not share: the broker, where a source knows it. */
  readonly identity: string;
  /** A change of it means a change of the link, which is then made anew. */
  readonly fingerprint: string;
  /** Uid of namespace kube-system; else the first one that is heard is kept. */
  readonly clusterId: string | undefined;
  readonly clusterName: string;
  readonly mode: LinkMode;
  readonly broker: Omit<NatsBrokerOptions, 'name'>;
  /** Told when the broker is reached and when it is lost. */
  readonly onBroker?: (connected: boolean) => void;
}

/** Why something that a source names is of no use. */
export interface SourceCondition {
  readonly code: ErrorCode;
  /** In words, without values that may be secret. */
  readonly reason: string;
}

/** What a source says now. */
export interface SourceState {
  /** By name. */
  readonly links: ReadonlyMap<string, LinkSpec>;
  /** By file, cluster or link. */
  readonly conditions: ReadonlyMap<string, SourceCondition>;
  /** The source itself cannot be read. */
  readonly failure?: SourceCondition;
}

/** Names links, and follows what they depend on. */
export interface LinkSource {
  /** Its links were given to this replica alone: they are not shared with others. */
  readonly isAssigned?: boolean;
  /**
   * Tells the whole state at each change, until the signal aborts. A link that is not named any more has ended when the
   * promise of `onState` resolves; it does not reject.
   */
  run(onState: (state: SourceState) => Promise<void>, signal: AbortSignal): Promise<void>;
}
