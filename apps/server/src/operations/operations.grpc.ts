import type { ServerUnaryCall } from '@grpc/grpc-js';
import type { OperationServiceHandlers, v1Operations } from '@meshery/contracts/grpc';
import { operationStates } from '@meshery/object-model';
import type { Operation } from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import type { Right } from '@meshery/security';
import { authenticate } from '../grpc/call-context.ts';
import { answer, goneSignal } from '../grpc/call-end.ts';
import { bounded, idOf, nextPage, oneOf, pageOf, pageSizeOf } from '../grpc/fields.ts';
import { serveStream, streamEnd } from '../grpc/serve-stream.ts';
import type { StreamParts } from '../grpc/serve-stream.ts';
import { followOperation } from './follow-operation.ts';
import type { FollowParts } from './follow-operation.ts';

/** Parts of the service. */
export interface OperationServiceParts extends StreamParts, FollowParts {}

/** meshery.v1.OperationService: the same use cases as REST. */
export function operationService(parts: OperationServiceParts): OperationServiceHandlers {
  const { operations } = parts;
  const caller = async (call: ServerUnaryCall<unknown, unknown>, right: Right): Promise<RequestContext> =>
    (await authenticate(parts, { call, gone: goneSignal(call) }, right)).ctx;
  const one = async (operation: Promise<Operation>) => ({ operation: messageOf(await operation) });
  return {
    list: (call, callback) => {
      answer(
        caller(call, 'read').then((ctx) => list(parts, ctx, call.request)),
        callback,
      );
    },
    get: (call, callback) => {
      answer(
        caller(call, 'read').then((ctx) => one(operations.get(ctx, idOf('id', call.request.id)))),
        callback,
      );
    },
    watch: (call) => {
      serveStream(parts, call, 'read', (ctx) => watch(parts, ctx, idOf('id', call.request.id)));
    },
    cancel: (call, callback) => {
      answer(
        caller(call, 'write').then((ctx) => one(operations.cancel(ctx, idOf('id', call.request.id)))),
        callback,
      );
    },
  };
}

async function list(
  { operations }: OperationServiceParts,
  ctx: RequestContext,
  { state, kind, pageSize, pageToken }: v1Operations.OperationServiceListRequest,
): Promise<v1Operations.OperationServiceListResponse> {
  bounded('kind', [kind]);
  const filter = {
    ...(state === '' ? {} : { state: oneOf('state', state, operationStates) }),
    ...(kind === '' ? {} : { kind }),
  };
  const page = await operations.page(ctx, filter, { page: pageOf(pageToken), pageSize: pageSizeOf(pageSize) });
  return { operations: page.items.map(messageOf), nextPageToken: nextPage(page), totalCount: page.totalCount };
}

async function* watch(
  parts: OperationServiceParts,
  ctx: RequestContext,
  id: string,
): AsyncGenerator<v1Operations.OperationServiceWatchResponse> {
  for await (const operation of followOperation(parts, ctx, id)) {
    yield { operation: messageOf(operation) };
    if (operation.state !== 'running') return;
  }
  throw streamEnd(ctx.signal);
}

function messageOf(operation: Operation): v1Operations.Operation {
  const { organizationId, error, finishedAt, targets, processId: _process, seenAt: _seen, ...fields } = operation;
  return {
    ...fields,
    organizationId: organizationId ?? '',
    targets: [...targets],
    error: error ?? undefined,
    finishedAt: finishedAt ?? '',
  };
}
