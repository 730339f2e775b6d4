import { randomUUID } from 'node:crypto';
import type { ServerDuplexStream, ServerUnaryCall } from '@grpc/grpc-js';
import type { OpenRunRequest, OpenRunResponse, PushRequest, PushResponse } from '@meshery/contracts';
import type { IngestServiceHandlers } from '@meshery/contracts/grpc';
import { backgroundContext } from '@meshery/observability';
import type { Logger } from '@meshery/observability';
import type { InventoryStore } from '@meshery/store';
import { requireBound, factsOf, versionOf } from './caller.ts';
import type { CallerAuthentication } from './caller.ts';
import type { ComponentStates } from '../components/component-states.ts';
import { answer } from '../grpc/call-end.ts';
import { grpcError } from '../grpc/grpc-errors.ts';
import type { OpenRunHandler } from './open-run.handler.ts';
import { PushStream } from './push-stream.ts';

/** Parts of the service. */
export interface IngestServiceOptions {
  readonly authentication: CallerAuthentication;
  readonly openRun: OpenRunHandler;
  readonly store: InventoryStore;
  readonly states: ComponentStates;
  readonly logger: Logger;
  readonly shutdown: AbortSignal;
}

/** meshery.ingest.v1.IngestService: authenticates the bridge, checks its binding, delegates. */
export function ingestService(options: IngestServiceOptions): IngestServiceHandlers {
  return {
    openRun: (call, callback) => {
      answer(openRun(call, options), callback);
    },
    push: (call) => {
      push(call, options);
    },
  };
}

async function openRun(
  call: ServerUnaryCall<OpenRunRequest, OpenRunResponse>,
  { authentication, openRun: handler, states, logger, shutdown }: IngestServiceOptions,
): Promise<OpenRunResponse> {
  const caller = await authentication.identify(factsOf(call));
  states.seen('bridge', caller.name, { version: versionOf(call.metadata) });
  const { clusterId, agentVersion: version } = call.request;
  requireBound(caller, clusterId);
  const ctx = backgroundContext(logger.child({ bridge: caller.name }), shutdown, randomUUID());
  const response = await handler.handle(ctx, call.request);
  states.seen('agent', clusterId, { version, clusterId });
  return response;
}

function push(call: ServerDuplexStream<PushRequest, PushResponse>, options: IngestServiceOptions): void {
  const { authentication, store, states, logger } = options;
  authentication.identify(factsOf(call)).then(
    (caller) => {
      states.seen('bridge', caller.name, { version: versionOf(call.metadata) });
      new PushStream(call, { store, caller, states, logger }).start();
    },
    (error: unknown) => {
      call.emit('error', grpcError(error));
    },
  );
}
