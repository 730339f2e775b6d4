import { isMesheryError } from '@meshery/errors';
import { reasonOf } from '../kube-errors.ts';
import type { KubeStream, KubeTransport } from '../transport/kube-transport.ts';
import { readStatus } from '../watch/api-status.ts';
import { readErrorBody } from '../watch/stream-reader.ts';
import { impersonationHeaders, podPath } from './pod-target.ts';
import type { PodTarget } from './pod-target.ts';
import { streamFailed, streamRefused } from './stream-errors.ts';

/** Which log of a pod. */
export interface LogTarget extends PodTarget {
  /** The only one unless told. */
  readonly container?: string;
  /** Until the container ends, instead of until the end of what is there. */
  readonly follow: boolean;
  /** Of the container that ran before the last restart. */
  readonly previous?: boolean;
  /** Each line begins with its time. */
  readonly timestamps?: boolean;
  /** Only so many of the last lines; all unless told. */
  readonly tailLines?: number;
}

const maxErrorBytes = 64 * 1024;

/**
 * Reads the log of a container piece by piece; while nobody asks for the next piece the node waits. Ends with the log,
 * rejects with `meshery-kube-1303`, `1304`, `1308` to `1311`, `meshery-core-1001`, or the signal's reason.
 */
export async function* followLogs(
  transport: KubeTransport,
  target: LogTarget,
  signal: AbortSignal,
): AsyncGenerator<Buffer, void, undefined> {
  const what = `read the log of pod ${target.namespace}/${target.pod}`;
  const options = { signal, accept: '*/*', headers: impersonationHeaders(target.impersonate) };
  const stream = await transport.stream(podPath(target, 'log', queryOf(target)), options);
  if (stream.status !== 200) throw await refusalOf(transport, stream, what);
  const { body } = stream;
  const onAbort = (): void => {
    body.abort(signal.reason as Error);
  };
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  try {
    for (let chunk = await body.read(); chunk !== undefined; chunk = await body.read()) yield chunk;
  } catch (error) {
    if (signal.aborted || isMesheryError(error)) throw error;
    throw streamFailed(what, `the connection broke (${reasonOf(error)})`, error);
  } finally {
    signal.removeEventListener('abort', onAbort);
    body.abort(new Error('nobody reads it any more'));
  }
}

async function refusalOf(transport: KubeTransport, { status, body }: KubeStream, what: string): Promise<Error> {
  if (status === 401) transport.invalidateCredential();
  return streamRefused(transport.server, what, readStatus(await readErrorBody(body, maxErrorBytes), status));
}

function queryOf({ container, follow, previous, timestamps, tailLines }: LogTarget): URLSearchParams {
  return new URLSearchParams({
    ...(container === undefined ? {} : { container }),
    follow: String(follow),
    previous: String(previous ?? false),
    timestamps: String(timestamps ?? false),
    ...(tailLines === undefined ? {} : { tailLines: String(tailLines) }),
  });
}
