import type { IngestPort } from '@meshery/contracts';
import type { NatsBroker, PublishCondition, RequestTransport } from '@meshery/messaging';
import type { AgentTap } from '../requests/agent-tap.ts';
import type { StoreSender } from '../requests/request-context.ts';

/** How requests reach the agent. */
export interface RequestWay {
  readonly tap: AgentTap;
  readonly transport: RequestTransport;
  /** Absent without a broker. */
  readonly stores?: StoreSender;
}

/** Where what is found goes, with what belongs to it. */
export interface Output {
  readonly port: IngestPort;
  /** Absent where the agent has no broker. */
  readonly broker?: NatsBroker;
  /** Whether batches are stored; absent where nobody says so. */
  readonly condition?: () => PublishCondition;
  /** Absent where no request comes. */
  readonly requests?: RequestWay;
  /** Ends the connection to the server; present only where the agent dials it. */
  readonly closeServer?: () => Promise<void>;
}
