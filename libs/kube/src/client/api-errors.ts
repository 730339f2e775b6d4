import { MesheryError } from '@meshery/errors';
import { credentialRejected, impersonationForbidden, requestForbidden } from '../kube-errors.ts';
import type { KubeResponse } from '../transport/kube-transport.ts';
import { retryAfterMs } from '../transport/backoff.ts';
import { readStatus } from '../watch/api-status.ts';

/** What was attempted, for messages: verb, kind and object. */
export interface Attempt {
  /** Verb of RBAC, for example "patch". */
  readonly verb: string;
  /** For example "deployments.apps". */
  readonly resource: string;
  /** "namespace/name". */
  readonly key: string;
}

/** Until the objects of a namespace that is being deleted are gone, too: nothing else will make a write succeed. */
const endingMs = 5000;

/**
 * The coded error of an answer that is not a success: 1304 (401), 1308 (403; 1321 where it is
 * the right to impersonate that is missing), 1310 (409), 1311 (other 4xx), 1312 (429
 * and 5xx) or 1313 (404, and 403 in a namespace that is being deleted: no right is missing). `details` holds status,
 * verb, resource and key, and `retryAfterMs` when the server named it.
 */
export function apiError(attempt: Attempt, answer: KubeResponse, server: string, now: number): MesheryError {
  const { message, retryAfterSeconds } = readStatus(answer.body, answer.status);
  const wait = retryAfterMs(answer.headers['retry-after'], now) ?? retryAfterSeconds * 1000;
  const what = `${attempt.verb} ${attempt.resource} ${attempt.key}`;
  const said = message === '' ? `it answered ${String(answer.status)}` : message;
  if (answer.status === 401) return credentialRejected(server);
  const ending = answer.status === 403 && /because it is being terminated/.test(said);
  const retryAfter = ending ? endingMs : wait;
  const details = { ...attempt, status: answer.status, ...(retryAfter > 0 ? { retryAfterMs: retryAfter } : {}) };
  if (answer.status === 403 && / cannot impersonate resource /.test(said)) return impersonationForbidden(what, said);
  if (answer.status === 403 && !ending) return requestForbidden(what, said);
  const { code, probableCause, remedy } = meaningOf(ending ? 404 : answer.status);
  return new MesheryError(code, `The API server refused to ${what}: ${said.slice(0, 2000)}`, {
    probableCause,
    remedy,
    details,
  });
}

function meaningOf(status: number) {
  if (status === 409) {
    return {
      code: 'meshery-kube-1310',
      probableCause: 'Somebody else wrote the object at the same time, or it exists already.',
      remedy: 'Read it again and repeat the change.',
    } as const;
  }
  if (status === 404) {
    return {
      code: 'meshery-kube-1313',
      probableCause: 'The object, its namespace or its kind was deleted, or was never there.',
      remedy: 'Check that it exists, and that its CustomResourceDefinition is installed.',
    } as const;
  }
  if (status === 429 || status >= 500) {
    return {
      code: 'meshery-kube-1312',
      probableCause: 'The API server is overloaded, starting or stopping.',
      remedy: 'Wait; it is tried again.',
    } as const;
  }
  return {
    code: 'meshery-kube-1311',
    probableCause: 'The object breaks a rule of its kind, a quota, or a policy of the cluster.',
    remedy: 'Correct what the message names.',
  } as const;
}
