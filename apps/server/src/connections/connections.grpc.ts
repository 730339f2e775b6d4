import type { ServerUnaryCall } from '@grpc/grpc-js';
import type { ConnectionServiceHandlers, v1Connections } from '@meshery/contracts/grpc';
import { connectionStatuses } from '@meshery/object-model';
import type { Connection } from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import type { Right } from '@meshery/security';
import { authenticate } from '../grpc/call-context.ts';
import type { CallContextParts } from '../grpc/call-context.ts';
import { answer, goneSignal } from '../grpc/call-end.ts';
import { bounded, idOf, nextPage, oneOf, pageOf, pageSizeOf } from '../grpc/fields.ts';
import type { Providers } from '../provider/providers.ts';
import type { ConnectionDefinitions } from '../registry/connection-definitions/connection-definitions.ts';
import type { ConnectionChanger } from './connection-changer.ts';
import type { ConnectionLife } from './connection-life.ts';

/** As over REST. */
const maxPageSize = 100;

/** Parts of the service. */
export interface ConnectionServiceParts extends CallContextParts {
  readonly providers: Providers;
  readonly changer: ConnectionChanger;
  readonly life: ConnectionLife;
  readonly definitions: ConnectionDefinitions;
}

/** meshery.v1.ConnectionService: the same use cases as REST. */
export function connectionService(parts: ConnectionServiceParts): ConnectionServiceHandlers {
  const serve = async <Request, Response>(
    call: ServerUnaryCall<Request, unknown>,
    right: Right,
    work: (parts: ConnectionServiceParts, ctx: RequestContext, request: Request) => Promise<Response>,
  ): Promise<Response> => {
    const { ctx } = await authenticate(parts, { call, gone: goneSignal(call) }, right);
    return work(parts, ctx, call.request);
  };
  return {
    list: (call, callback) => {
      answer(serve(call, 'read', list), callback);
    },
    get: (call, callback) => {
      answer(serve(call, 'read', get), callback);
    },
    changeStatus: (call, callback) => {
      answer(serve(call, 'write', changeStatus), callback);
    },
    test: (call, callback) => {
      answer(serve(call, 'write', test), callback);
    },
  };
}

async function list(
  { providers }: ConnectionServiceParts,
  ctx: RequestContext,
  request: v1Connections.ConnectionServiceListRequest,
): Promise<v1Connections.ConnectionServiceListResponse> {
  const { organizationId, search } = request;
  const kind = bounded('kinds', request.kinds);
  const status = bounded('statuses', request.statuses);
  bounded('search', [search]);
  const filter = {
    organizationId: organizationId === '' ? undefined : idOf('organization_id', organizationId),
    kind: kind.length === 0 ? undefined : kind,
    status: status.length === 0 ? undefined : status.map((value) => oneOf('statuses', value, connectionStatuses)),
  };
  const query = {
    page: pageOf(request.pageToken),
    pageSize: pageSizeOf(request.pageSize, maxPageSize),
    order: { field: 'name', descending: false },
    ...(search === '' ? {} : { search }),
  };
  const page = await providers.of(ctx).connections.page(ctx, filter, query);
  const connections = page.items.map((connection) => messageOf(connection));
  return { connections, nextPageToken: nextPage(page), totalCount: page.totalCount };
}

async function get(
  { providers, definitions }: ConnectionServiceParts,
  ctx: RequestContext,
  { id }: v1Connections.ConnectionServiceGetRequest,
): Promise<v1Connections.ConnectionServiceGetResponse> {
  return { connection: wholeMessage(await providers.of(ctx).connections.get(ctx, idOf('id', id)), definitions) };
}

async function changeStatus(
  { changer, definitions }: ConnectionServiceParts,
  ctx: RequestContext,
  request: v1Connections.ConnectionServiceChangeStatusRequest,
): Promise<v1Connections.ConnectionServiceChangeStatusResponse> {
  const status = oneOf('status', request.status, connectionStatuses);
  return { connection: wholeMessage(await changer.change(ctx, idOf('id', request.id), { status }), definitions) };
}

async function test(
  { life }: ConnectionServiceParts,
  ctx: RequestContext,
  { id }: v1Connections.ConnectionServiceTestRequest,
): Promise<v1Connections.ConnectionServiceTestResponse> {
  const { version } = await life.probe(ctx, idOf('id', id));
  return { version };
}

function messageOf(connection: Connection, nextStatuses: readonly string[] = []): v1Connections.Connection {
  const { id, name, description, kind, type, subType, status, url, metadata } = connection;
  const { organizationId, owner, createdAt, updatedAt } = connection;
  const what = { id, name, description, kind, type, subType, status, url, metadataJson: JSON.stringify(metadata) };
  return { ...what, organizationId, owner, createdAt, updatedAt, nextStatuses: [...nextStatuses] };
}

function wholeMessage(connection: Connection, definitions: ConnectionDefinitions): v1Connections.Connection {
  const next = definitions.lifeOf(connection.kind)[connection.status] ?? [];
  return messageOf(
    connection,
    next.map(({ nextState }) => nextState),
  );
}
