import createClient from 'openapi-fetch';
import type { Client, Middleware } from 'openapi-fetch';
import { errorFromResponse, notJson, toApiError } from './api-error.ts';
import type { paths } from './generated/openapi.ts';

/** How long one call may take before it counts as failed, in milliseconds. */
const usualTimeoutMs = 30_000;

/** How a server is reached. */
export interface ClientOptions {
  /** Such as `http://localhost:9081`; empty for the own origin of a page. */
  readonly baseUrl: string;
  /** A session, or the token of a program. */
  readonly token?: string;
  /** Header Cookie, for programs that have signed in; browsers send their own. */
  readonly cookie?: string;
  /** Of one call with its body, in milliseconds; 30 s unless told. */
  readonly timeoutMs?: number;
  readonly fetch?: typeof globalThis.fetch;
}

/** Every route of the API by its path, with its parameters, bodies and answers. */
export type MesheryClient = Client<paths>;

/**
 * A client of the REST API. Calls reject with an `ApiError` for every answer that is not a success and when none came
 * in time; where the caller's signal aborts, with its reason. `answerOf` takes the answer out of a call.
 */
export function createMesheryClient(options: ClientOptions): MesheryClient {
  const { baseUrl, token, cookie } = options;
  const headers = {
    accept: 'application/json',
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(cookie === undefined ? {} : { cookie }),
  };
  const client = createClient<paths>({ baseUrl, headers, fetch: (request) => send(request, options) });
  client.use(onlySuccess);
  return client;
}

/** A call of a `MesheryClient` as it resolves. */
interface Called<Data> {
  readonly data?: Data;
  readonly response: Response;
}

/** The answer of a call. Rejects with what the call rejects with, also when the answer breaks off. */
export async function answerOf<Data>(call: Promise<Called<Data>>): Promise<Exclude<Data, undefined>> {
  try {
    const { data } = await call;
    return data as Exclude<Data, undefined>;
  } catch (reason) {
    throw isBroken(reason) ? toApiError(reason) : reason;
  }
}

async function send(request: Request, { timeoutMs = usualTimeoutMs, fetch }: ClientOptions): Promise<Response> {
  const signal = AbortSignal.any([request.signal, AbortSignal.timeout(timeoutMs)]);
  try {
    return await (fetch ?? globalThis.fetch)(request, { signal });
  } catch (reason) {
    throw request.signal.aborted ? reason : toApiError(reason);
  }
}

const onlySuccess: Middleware = {
  onResponse: async ({ response, options }) => {
    if (!response.ok) throw await errorFromResponse(response);
    const isJson = response.headers.get('content-type')?.includes('json') === true;
    if (options.parseAs === 'json' && response.status !== 204 && !isJson) throw notJson(response);
  },
};

/** The body did not come whole, not in time, or is no JSON. */
function isBroken(reason: unknown): boolean {
  if (reason instanceof TypeError || reason instanceof SyntaxError) return true;
  return reason instanceof Error && reason.name === 'TimeoutError';
}
