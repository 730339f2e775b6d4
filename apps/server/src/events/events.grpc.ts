import { EventServiceSubscribeResponse } from '@meshery/contracts/grpc';
import type { EventServiceHandlers, v1Events } from '@meshery/contracts/grpc';
import { toMesheryError } from '@meshery/errors';
import { eventSeverities } from '@meshery/object-model';
import type { EventRecord } from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import type { EventFilter } from '@meshery/store';
import { BoundedQueue } from '../grpc/bounded-queue.ts';
import { authenticate } from '../grpc/call-context.ts';
import { answer, goneSignal } from '../grpc/call-end.ts';
import { badField, bounded, idOf, oneOf, pageSizeOf, positionOf } from '../grpc/fields.ts';
import { serveStream, streamEnd } from '../grpc/serve-stream.ts';
import type { StreamParts } from '../grpc/serve-stream.ts';
import type { Providers } from '../provider/providers.ts';
import type { EventFormat } from './live/event-format.ts';
import type { EventHub } from './live/event-hub.ts';

/** Parts of the service. */
export interface EventServiceParts extends StreamParts {
  readonly providers: Providers;
  readonly hub: EventHub;
  /** Unread bytes after which a stream is cut. */
  readonly maxClientBuffer: number;
}

/** meshery.v1.EventService: the same use cases as REST. */
export function eventService(parts: EventServiceParts): EventServiceHandlers {
  return {
    list: (call, callback) => {
      const { request } = call;
      const caller = authenticate(parts, { call, gone: goneSignal(call) }, 'read');
      answer(
        caller.then(({ ctx }) => list(parts, ctx, request)),
        callback,
      );
    },
    subscribe: (call) => {
      serveStream(parts, call, 'read', (ctx, end) => {
        const queue = new BoundedQueue<Uint8Array>({
          max: parts.maxClientBuffer,
          comfortable: 0,
          sizeOf: ({ length }) => length,
          onOverflow: end,
        });
        return subscribe(parts.hub, queue, ctx, call.request);
      });
    },
  };
}

async function list(
  { providers }: EventServiceParts,
  ctx: RequestContext,
  request: v1Events.EventServiceListRequest,
): Promise<v1Events.EventServiceListResponse> {
  const search = bounded('search', [request.search])[0] ?? '';
  const query = {
    page: 0,
    pageSize: pageSizeOf(request.pageSize),
    order: { field: 'sequence', descending: true },
    ...(search === '' ? {} : { search }),
  };
  const page = await providers.of(ctx).events.page(ctx, filterOf(request), query);
  const last = page.items.length === page.pageSize ? page.items.at(-1) : undefined;
  return {
    events: page.items.map(messageOf),
    nextPageToken: last === undefined ? '' : String(last.sequence),
    totalCount: page.totalCount,
  };
}

function filterOf(request: v1Events.EventServiceListRequest): EventFilter {
  const categories = bounded('categories', request.categories);
  const actions = bounded('actions', request.actions);
  const severities = bounded('severities', request.severities);
  const actedUpon = bounded('acted_upon', request.actedUpon);
  const after = positionOf(request.pageToken);
  return {
    ...(categories.length === 0 ? {} : { categories }),
    ...(actions.length === 0 ? {} : { actions }),
    ...(severities.length === 0
      ? {}
      : { severities: severities.map((value) => oneOf('severities', value, eventSeverities)) }),
    ...(actedUpon.length === 0 ? {} : { actedUpon: actedUpon.map((id) => idOf('acted_upon', id)) }),
    ...(after === undefined ? {} : { after }),
  };
}

/** Encoded once for all who share the events. */
const messages: EventFormat = {
  encode: (events) => EventServiceSubscribeResponse.encode({ events: events.map(messageOf) }).finish(),
};

async function subscribe(
  hub: EventHub,
  queue: BoundedQueue<Uint8Array>,
  { user, signal }: RequestContext,
  { since }: v1Events.EventServiceSubscribeRequest,
): Promise<AsyncIterable<Uint8Array>> {
  if (since !== undefined && since < 0) throw badField('since', 'must be a sequence');
  const position = since === undefined ? {} : { since };
  const subscription = await hub.subscribe({ userId: user.userId, format: messages, signal, ...position });
  const listener = {
    write: (bytes: Uint8Array) => {
      if (bytes.length > 0) queue.push(bytes);
    },
    ready: () => queue.ready(),
  };
  signal.addEventListener('abort', () => {
    queue.close(streamEnd(signal));
  });
  subscription.deliverTo(listener).catch((error: unknown) => {
    queue.close(signal.aborted ? streamEnd(signal) : toMesheryError(error));
  });
  return queue;
}

function messageOf(event: EventRecord): v1Events.Event {
  const { metadata, organizationId, operationId, updatedAt: _updated, systemId: _system, ...fields } = event;
  return {
    ...fields,
    organizationId: organizationId ?? '',
    operationId: operationId ?? '',
    metadataJson: JSON.stringify(metadata),
  };
}
