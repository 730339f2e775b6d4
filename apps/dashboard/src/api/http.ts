import { ApiError, errorFromResponse, toApiError } from './api-error.ts';

/** How long one call may take before it counts as failed. */
const deadlineMs = 30_000;

async function get(path: string, accept: string, signal: AbortSignal): Promise<Response> {
  const combined = AbortSignal.any([signal, AbortSignal.timeout(deadlineMs)]);
  let response: Response;
  try {
    response = await fetch(path, { headers: { accept }, credentials: 'same-origin', signal: combined });
  } catch (reason) {
    if (signal.aborted) throw reason;
    throw toApiError(reason);
  }
  if (!response.ok) throw await errorFromResponse(response);
  return response;
}

/** GETs JSON from the own origin; rejects with ApiError, or with the signal's reason when aborted. */
export async function getJson<T>(path: string, signal: AbortSignal): Promise<T> {
  const response = await get(path, 'application/json', signal);
  const type = response.headers.get('content-type') ?? '';
  if (type.includes('json')) return (await response.json()) as T;
  throw new ApiError({ status: response.status, code: 'not-json', message: type, probableCause: [], remedy: [] });
}

/** GETs text from the own origin, under the same rules as getJson. */
export async function getText(path: string, signal: AbortSignal): Promise<string> {
  const response = await get(path, 'application/json', signal);
  return response.text();
}
