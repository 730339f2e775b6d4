import { ApiError, errorFromResponse, toApiError } from './api-error.ts';

/** How long one call may take before it counts as failed. */
const usualDeadlineMs = 30_000;

interface Call {
  readonly method?: 'GET' | 'POST';
  readonly deadlineMs?: number;
  /** Ends the call from outside. */
  readonly signal?: AbortSignal;
}

async function call(path: string, { method = 'GET', deadlineMs = usualDeadlineMs, signal }: Call): Promise<Response> {
  const deadline = AbortSignal.timeout(deadlineMs);
  const combined = signal === undefined ? deadline : AbortSignal.any([signal, deadline]);
  const headers = { accept: 'application/json' };
  let response: Response;
  try {
    response = await fetch(path, { method, headers, credentials: 'same-origin', signal: combined });
  } catch (reason) {
    if (signal?.aborted === true) throw reason;
    throw toApiError(reason);
  }
  if (!response.ok) throw await errorFromResponse(response);
  return response;
}

/** GETs JSON from the own origin; rejects with ApiError, or with the signal's reason when aborted. */
export async function getJson<T>(path: string, signal: AbortSignal): Promise<T> {
  const response = await call(path, { signal });
  const type = response.headers.get('content-type') ?? '';
  if (type.includes('json')) return (await response.json()) as T;
  throw new ApiError({ status: response.status, code: 'not-json', message: type, probableCause: [], remedy: [] });
}

/** GETs text from the own origin, under the same rules as getJson. */
export async function getText(path: string, signal: AbortSignal): Promise<string> {
  const response = await call(path, { signal });
  return response.text();
}

/** POSTs nothing to the own origin; rejects with ApiError, also when the deadline is over. */
export async function post(path: string, deadlineMs: number): Promise<void> {
  await call(path, { method: 'POST', deadlineMs });
}
