import type { RequestServiceHandlers } from '@meshery/contracts/grpc';
import type { Logger } from '@meshery/observability';
import { factsOf } from '../caller.ts';
import type { CallerAuthentication } from '../caller.ts';
import type { Caller } from '../bridge-bindings.ts';
import { grpcError } from '../../grpc/grpc-errors.ts';
import { AgentLink } from './agent-link.ts';
import type { ServeServerCall } from './agent-link.ts';
import type { AgentLinks } from './agent-links.ts';

/** Parts of the service. */
export interface RequestServiceOptions {
  readonly authentication: CallerAuthentication;
  readonly links: AgentLinks;
  readonly logger: Logger;
}

/** meshery.requests.v1.RequestService: authenticates who serves requests, and keeps the stream for who asks. */
export function requestService(options: RequestServiceOptions): RequestServiceHandlers {
  return {
    serve: (call) => {
      options.authentication.identify(factsOf(call)).then(
        (caller) => {
          addLink(call, caller, options);
        },
        (error: unknown) => {
          call.emit('error', grpcError(error));
        },
      );
    },
  };
}

function addLink(call: ServeServerCall, caller: Caller, { links, logger }: RequestServiceOptions): void {
  const link = new AgentLink(call, {
    caller,
    logger,
    onCluster: (clusterId, served) => {
      links.setServed(link, clusterId, served);
      logger.info({ bridge: caller.name, cluster: clusterId, served }, 'requests for a cluster');
    },
    onEnd: () => {
      links.remove(link);
    },
  });
  links.add(link);
  link.start();
}
