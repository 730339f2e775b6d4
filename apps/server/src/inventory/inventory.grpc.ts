import type { ServerUnaryCall, ServerWritableStream } from '@grpc/grpc-js';
import type {
  InventoryServiceGetRequest,
  InventoryServiceListRequest,
  InventoryServiceListResponse,
  InventoryServiceWatchRequest,
  InventoryServiceWatchResponse,
} from '@meshery/contracts';
import type { InventoryServiceHandlers } from '@meshery/contracts/grpc';
import { authenticate } from '../grpc/call-context.ts';
import type { CallContextParts } from '../grpc/call-context.ts';
import { answer, goneSignal, stream } from '../grpc/call-end.ts';
import { grpcError } from '../grpc/grpc-errors.ts';
import { messageOf, queryOf, selectionOf } from './grpc-messages.ts';
import type { InventoryQueries } from './inventory-queries.ts';
import type { QueuedChange } from './live/change-queue.ts';
import { liveChanges } from './live/live-changes.ts';
import type { LiveChangesParts } from './live/live-changes.ts';

/** Parts of the service. */
export interface InventoryServiceParts extends CallContextParts, LiveChangesParts {
  readonly queries: InventoryQueries;
}

/** meshery.v1.InventoryService: the same use cases as REST and GraphQL. */
export function inventoryService(parts: InventoryServiceParts): InventoryServiceHandlers {
  return {
    list: (call, callback) => {
      answer(list(parts, call), callback);
    },
    get: (call, callback) => {
      answer(get(parts, call), callback);
    },
    watch: (call) => {
      watch(parts, call).catch((error: unknown) => call.emit('error', grpcError(error)));
    },
  };
}

type Unary<Request> = ServerUnaryCall<Request, unknown>;

const reader = (parts: CallContextParts, call: Unary<unknown> | ServerWritableStream<unknown, unknown>) =>
  authenticate(parts, { call, gone: goneSignal(call) }, 'read');

async function list(
  parts: InventoryServiceParts,
  call: Unary<InventoryServiceListRequest>,
): Promise<InventoryServiceListResponse> {
  const { ctx } = await reader(parts, call);
  const page = await parts.queries.lists.page(ctx, queryOf(call.request), call.request.withJson);
  return {
    objects: page.rows.map((row) => messageOf(row, row.json)),
    nextPageToken: page.next ?? '',
    totalCount: page.totalCount,
    sequence: page.seq,
  };
}

async function get(parts: InventoryServiceParts, call: Unary<InventoryServiceGetRequest>) {
  const { ctx } = await reader(parts, call);
  const found = await parts.queries.objects.handle(ctx, call.request.id);
  return { object: messageOf(found, found.json) };
}

type WatchCall = ServerWritableStream<InventoryServiceWatchRequest, InventoryServiceWatchResponse>;

async function watch(parts: InventoryServiceParts, call: WatchCall): Promise<void> {
  const { ctx, session } = await reader(parts, call);
  const { since } = call.request;
  const request = { subscription: selectionOf(call.request), ...(since === 0 ? {} : { since }) };
  await stream(call, messages(liveChanges(parts, request, { session, signal: ctx.signal })));
}

async function* messages(changes: AsyncIterable<QueuedChange>): AsyncGenerator<InventoryServiceWatchResponse> {
  for await (const change of changes) yield changeMessage(change);
}

function changeMessage(change: QueuedChange): InventoryServiceWatchResponse {
  const { seq: sequence } = change;
  if (change.type === 'reset') {
    return { sequence, change: { $case: 'reset', value: { reason: 'Changes were missed.' } } };
  }
  const value = messageOf(change.head, change.json);
  return { sequence, change: { $case: change.type, value } };
}
