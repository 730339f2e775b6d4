import type { ErrorBody } from '@meshery/contracts';

/** What a failed call tells the person in front of the screen. */
export interface ApiErrorFields {
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  /** Stable error code of the server, or `network` / `http-<status>` where it sent none. */
  readonly code: string;
  readonly message: string;
  readonly probableCause: readonly string[];
  readonly remedy: readonly string[];
  readonly requestId?: string;
}

/** Thrown by every call of the API module when the answer is not a success. */
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

/** The parts that every coded answer has; some leave the lists out. */
type CodedBody = Pick<ErrorBody, 'error' | 'code'> & Partial<ErrorBody>;

function isErrorBody(body: unknown): body is CodedBody {
  return typeof body === 'object' && body !== null && 'error' in body && 'code' in body;
}

/** Reads the published error body of an answer; never throws. */
export async function errorFromResponse(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => undefined);
  if (isErrorBody(body)) {
    return new ApiError({
      status: response.status,
      code: body.code,
      message: body.error,
      probableCause: body.probableCause ?? [],
      remedy: body.suggestedRemediation ?? [],
      ...(body.requestId === undefined ? {} : { requestId: body.requestId }),
    });
  }
  const message = response.statusText === '' ? `HTTP ${String(response.status)}` : response.statusText;
  return new ApiError({
    status: response.status,
    code: `http-${String(response.status)}`,
    message,
    probableCause: [],
    remedy: [],
  });
}

/** Turns whatever a call rejected with into an ApiError; aborts are kept apart by the caller. */
export function toApiError(reason: unknown): ApiError {
  if (reason instanceof ApiError) return reason;
  const message = reason instanceof Error ? reason.message : String(reason);
  return new ApiError({ status: 0, code: 'network', message, probableCause: [], remedy: [] }, { cause: reason });
}
