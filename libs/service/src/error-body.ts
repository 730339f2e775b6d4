import type { ErrorBody } from '@meshery/contracts';
import { MesheryError, isMesheryError, toMesheryError } from '@meshery/errors';
import type { ErrorCode } from '@meshery/errors';

/** An error as it leaves over HTTP. */
export interface HttpErrorAnswer {
  readonly status: number;
  readonly body: ErrorBody;
}

/** Statuses that the framework itself answers (routing, body parsing, validation) and their codes. */
const codesByStatus: Readonly<Record<number, ErrorCode>> = {
  400: 'meshery-core-1001',
  401: 'meshery-auth-1200',
  403: 'meshery-auth-1202',
  404: 'meshery-core-1002',
  408: 'meshery-core-1003',
  409: 'meshery-core-1007',
  413: 'meshery-core-1006',
  429: 'meshery-core-1005',
  503: 'meshery-core-1004',
};

/** The published JSON form of a coded error. Causes and stacks stay in the log. */
export function errorBody(error: MesheryError, requestId: string): ErrorBody {
  return {
    error: error.message,
    code: error.code,
    severity: error.severity,
    probableCause: error.probableCause === undefined ? [] : [error.probableCause],
    suggestedRemediation: error.remedy === undefined ? [] : [error.remedy],
    longDescription: [error.message],
    requestId,
  };
}

/** Anything thrown while a request was handled, as status and body; unknown errors give a safe message only. */
export function httpErrorAnswer(thrown: unknown, requestId: string): HttpErrorAnswer {
  const framework = isMesheryError(thrown) ? undefined : frameworkError(thrown);
  const error = framework?.error ?? toMesheryError(thrown);
  return { status: framework?.status ?? error.mapping.http, body: errorBody(error, requestId) };
}

function frameworkError(thrown: unknown): { status: number; error: MesheryError } | undefined {
  const status = statusOf(thrown);
  if (status === undefined || (status >= 500 && status !== 503)) return undefined;
  const code = codesByStatus[status] ?? 'meshery-core-1001';
  return { status, error: new MesheryError(code, messageOf(thrown), { cause: thrown, remedy: remedyOf(status) }) };
}

/** Nest's HttpException has getStatus(), Fastify's errors a statusCode. */
function statusOf(thrown: unknown): number | undefined {
  if (!(thrown instanceof Error)) return undefined;
  const shape = thrown as { getStatus?: () => unknown; statusCode?: unknown };
  const status = typeof shape.getStatus === 'function' ? shape.getStatus() : shape.statusCode;
  return typeof status === 'number' && status >= 400 && status < 600 ? status : undefined;
}

/** Validation gives a list of what is wrong under `message`; it is for the client. */
function messageOf(thrown: unknown): string {
  const error = thrown as Error & { getResponse?: () => unknown };
  const response = typeof error.getResponse === 'function' ? error.getResponse() : undefined;
  const listed = typeof response === 'object' && response !== null ? (response as { message?: unknown }).message : '';
  if (Array.isArray(listed) && listed.length > 0) return listed.map(String).join('; ');
  return typeof listed === 'string' && listed !== '' ? listed : error.message;
}

function remedyOf(status: number): string {
  if (status === 404) return 'Look at the path and the method; the API reference lists what there is.';
  if (status === 413) return 'Send a smaller body, or several requests.';
  if (status === 503) return 'Try again in a few seconds.';
  return 'Correct the request and send it again.';
}
