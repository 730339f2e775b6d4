import { MesheryError } from '@meshery/errors';
import { credentialRejected, requestForbidden } from '../kube-errors.ts';
import type { ApiStatus } from '../watch/api-status.ts';

/** The coded error of a stream that the API server refused with a Status; `what` is a verb with its object. */
export function streamRefused(server: string, what: string, status: ApiStatus): MesheryError {
  const { code, message } = status;
  if (code === 401) return credentialRejected(server);
  if (code === 403) return requestForbidden(what, message);
  if (code === 404) return objectMissing(what, message);
  if (code === 400 || code === 422) return requestInvalid(what, message);
  return streamFailed(what, message === '' ? `the API server answered ${String(code)}` : message);
}

/** 1310: the pod, or its container, does not exist. */
function objectMissing(what: string, message: string): MesheryError {
  return new MesheryError('meshery-kube-1313', `It is not possible to ${what}: ${message}`, {
    probableCause: 'The pod was deleted or replaced, or its name or namespace is misspelt.',
    remedy: 'List the pods of the namespace and name one of them.',
    details: { what },
  });
}

function requestInvalid(what: string, message: string): MesheryError {
  return new MesheryError('meshery-core-1001', `It is not possible to ${what}: ${message}`, {
    probableCause: 'The container is misspelt, has not started yet, or must be named because there are several.',
    remedy: 'Name one of the containers of the pod and wait until it runs.',
    details: { what },
  });
}

/** 1311: the node did not open the stream, or cut it. */
export function streamFailed(what: string, why: string, cause?: unknown): MesheryError {
  return new MesheryError('meshery-kube-1314', `It is not possible to ${what}: ${why.trim()}`, {
    probableCause: 'The container does not run, nothing listens there, the program is missing, or the node is away.',
    remedy: 'Look at the state of the pod and of its node, then try again.',
    details: { what },
    ...(cause === undefined ? {} : { cause }),
  });
}
