/** What a failed call tells a person. */
export interface ApiErrorFields {
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  /** Stable error code of the server, or `network`, `not-json` or `http-<status>` where it sent none. */
  readonly code: string;
  readonly message: string;
  readonly probableCause: readonly string[];
  readonly remedy: readonly string[];
  /** Correlation id, the same as in the log of the server. */
  readonly requestId?: string;
}

/** What a call rejects with when its answer is not a success. */
export class ApiError extends Error {
  readonly fields: ApiErrorFields;

  constructor(fields: ApiErrorFields, options?: ErrorOptions) {
    super(fields.message, options);
    this.name = 'ApiError';
    this.fields = fields;
  }

  /** True when signing in again is the remedy. */
  get signedOut(): boolean {
    return this.fields.status === 401;
  }
}

/** The parts of the error body that every coded answer has. */
interface CodedBody {
  readonly error: string;
  readonly code: string;
  readonly probableCause?: readonly string[];
  readonly suggestedRemediation?: readonly string[];
  readonly requestId?: string;
}

/** Reads the error body of an answer; never throws. */
export async function errorFromResponse(response: Response): Promise<ApiError> {
  const { status } = response;
  const body: unknown = await response.json().catch(() => undefined);
  if (!isCoded(body)) return uncoded(status, `http-${String(status)}`, response.statusText || `HTTP ${String(status)}`);
  return new ApiError({
    status,
    code: body.code,
    message: body.error,
    probableCause: body.probableCause ?? [],
    remedy: body.suggestedRemediation ?? [],
    ...(body.requestId === undefined ? {} : { requestId: body.requestId }),
  });
}

/** The error of an answer that is not what was asked for, such as a page of a proxy. */
export function notJson({ status, headers }: Response): ApiError {
  return uncoded(status, 'not-json', headers.get('content-type') ?? '');
}

/** Turns whatever a call rejected with into an ApiError; what its caller aborted is for the caller to keep apart. */
export function toApiError(reason: unknown): ApiError {
  if (reason instanceof ApiError) return reason;
  return uncoded(0, 'network', reason instanceof Error ? reason.message : String(reason), { cause: reason });
}

function uncoded(status: number, code: string, message: string, options?: ErrorOptions): ApiError {
  return new ApiError({ status, code, message, probableCause: [], remedy: [] }, options);
}

function isCoded(body: unknown): body is CodedBody {
  return typeof body === 'object' && body !== null && 'error' in body && 'code' in body;
}
