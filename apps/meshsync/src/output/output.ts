import type { IngestPort } from '@meshery/contracts';
import type { NatsBroker, PublishCondition } from '@meshery/messaging';
import type { AgentTap } from '../requests/agent-tap.ts';

/** Where what is found goes, with what belongs to it. */
export interface Output {
  readonly port: IngestPort;
  /** Absent where the agent has no broker. */
  readonly broker?: NatsBroker;
  /** Whether batches are stored; absent where nobody says so. */
  readonly condition?: () => PublishCondition;
  /** Where requests reach the agent; absent without a broker. */
  readonly tap?: AgentTap;
  /** Ends the connection to the server; present only where the agent dials it. */
  readonly closeServer?: () => void;
}
