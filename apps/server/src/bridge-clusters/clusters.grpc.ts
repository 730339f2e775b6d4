import type { ClusterServiceHandlers } from '@meshery/contracts/grpc';
import type { Logger } from '@meshery/observability';
import { grpcError } from '../grpc/grpc-errors.ts';
import type { Caller } from '../ingest/bridge-bindings.ts';
import { factsOf } from '../ingest/caller.ts';
import type { CallerAuthentication } from '../ingest/caller.ts';
import type { BridgeReports } from './bridge-reports.ts';
import type { ClusterLeases } from './cluster-leases.ts';
import { mayNotFollow } from './follow-faults.ts';
import { FollowStream } from './follow-stream.ts';
import type { FollowServerCall } from './follow-stream.ts';

/** Parts of the service. */
export interface ClusterServiceOptions {
  readonly authentication: CallerAuthentication;
  readonly leases: ClusterLeases;
  readonly reports: BridgeReports;
  readonly logger: Logger;
}

/** meshery.ingest.v1.ClusterService: authenticates the bridge, and keeps its stream for as long as its binding says so. */
export function clusterService({ authentication, ...deps }: ClusterServiceOptions): ClusterServiceHandlers {
  const identify = async (call: FollowServerCall): Promise<Caller> => {
    const caller = await authentication.identify(factsOf(call));
    if (!caller.kubeconfigs) throw mayNotFollow(caller.name);
    return caller;
  };
  return {
    follow: (call) => {
      identify(call).then(
        (caller) => {
          new FollowStream(call, { ...deps, caller, identify: () => identify(call) }).start();
        },
        (error: unknown) => {
          call.emit('error', grpcError(error));
        },
      );
    },
  };
}
