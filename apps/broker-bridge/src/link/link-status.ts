/** State of a link, for readiness and metrics. */
export interface LinkStatus {
  readonly name: string;
  readonly clusterId: string | undefined;
  readonly brokerConnected: boolean;
  readonly serverAnswers: boolean;
  /** Why not; empty when all is well. */
  readonly reason: string;
  /** What was kept aside, in words; empty when nothing was. */
  readonly parked: string;
  readonly unsettled: number;
  readonly pending: number;
  readonly slowDrops: number;
  readonly heldBytes: number;
}
