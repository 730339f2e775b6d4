/** The parts of a metav1.Status that decide what to do next. */
export interface ApiStatus {
  readonly code: number;
  readonly reason: string;
  readonly message: string;
  /** Seconds the server asks to wait; 0 when it says nothing. */
  readonly retryAfterSeconds: number;
}

/** What may come instead of a Status, member by member. */
interface StatusDocument {
  readonly code?: number;
  readonly reason?: string;
  readonly message?: string;
  readonly details?: { readonly retryAfterSeconds?: number };
}

/** Reads a Status from the body of an error answer or of an ERROR event; `fallbackCode` when it is something else. */
export function readStatus(body: Buffer, fallbackCode: number): ApiStatus {
  const text = body.toString('utf8');
  const {
    code = fallbackCode,
    reason = '',
    message,
    details = {},
  } = parseStatus(text) ?? { message: text.slice(0, 300) };
  return { code, reason, message: message ?? '', retryAfterSeconds: details.retryAfterSeconds ?? 0 };
}

function parseStatus(text: string): StatusDocument | undefined {
  try {
    return (JSON.parse(text) as StatusDocument | null) ?? {};
  } catch {
    return undefined;
  }
}

/** How an attempt to follow a resource ended. */
export type StreamEnd =
  /** The server closed a healthy watch; go on at once. */
  | 'ended'
  /** The position is too old or unknown: a new snapshot is needed. */
  | 'expired'
  /** Somebody asked for a new snapshot. */
  | 'snapshot'
  /** The server does not stream initial lists: page instead. */
  | 'fallback'
  | 'forbidden'
  | 'unsupported'
  | 'throttled'
  | 'server-error'
  /** The connection broke, or the server wrote nonsense. */
  | 'broken'
  /** A watch said nothing for long: it is idle or dead, which a new one shows; go on at once. */
  | 'quiet'
  /** No byte came although there was something to say. */
  | 'stalled'
  /** No connection could be made. */
  | 'unreachable';

/** Why an attempt ended, in words and for metrics. */
export interface StreamOutcome {
  readonly end: StreamEnd;
  /** CamelCase. */
  readonly reason: string;
  /** One sentence. */
  readonly message: string;
  /** What was asked of the API server; absent when nothing was. */
  readonly verb?: 'list' | 'watch';
  readonly retryAfterMs?: number;
  readonly error?: Error;
}

/** Decides what a Status means for a stream that asked for `streamingList`. */
export function classifyStatus(status: ApiStatus, streamingList: boolean): StreamOutcome {
  const message = status.message === '' ? `The API server answered ${String(status.code)}.` : status.message;
  const end = endOf(status, streamingList, message);
  const wait = status.retryAfterSeconds > 0 ? { retryAfterMs: status.retryAfterSeconds * 1000 } : {};
  return { end, reason: reasonOfEnd(end, status), message: message.slice(0, 500), ...wait };
}

/** Ends that a code alone decides. */
const endsByCode: Readonly<Record<number, StreamEnd>> = {
  401: 'forbidden',
  403: 'forbidden',
  404: 'unsupported',
  405: 'unsupported',
  406: 'unsupported',
  410: 'expired',
  429: 'throttled',
};

function endOf({ code, reason }: ApiStatus, streamingList: boolean, message: string): StreamEnd {
  if (isExpiry(reason, message)) return 'expired';
  const end = endsByCode[code];
  if (end !== undefined) return end;
  if (streamingList && refusesStreaming(code, message)) return 'fallback';
  return code === 400 || code === 422 ? 'expired' : 'server-error';
}

function isExpiry(reason: string, message: string): boolean {
  return reason === 'Expired' || reason === 'Gone' || /too large resource version/i.test(message);
}

function refusesStreaming(code: number, message: string): boolean {
  return (
    code === 400 ||
    code === 422 ||
    code === 501 ||
    /sendInitialEvents|RequestWatchProgress|unsupported|disabled/i.test(message)
  );
}

const endReasons: Readonly<Record<StreamEnd, string>> = {
  ended: 'WatchEnded',
  expired: 'WatchExpired',
  snapshot: 'SnapshotRequested',
  fallback: 'StreamingListUnsupported',
  forbidden: 'Forbidden',
  unsupported: 'NotServed',
  throttled: 'TooManyRequests',
  'server-error': 'ServerError',
  broken: 'ConnectionLost',
  quiet: 'QuietWatch',
  stalled: 'StalledWatch',
  unreachable: 'ApiServerUnreachable',
};

function reasonOfEnd(end: StreamEnd, status: ApiStatus): string {
  if (status.code === 401) return 'Unauthorized';
  if (end === 'expired' && status.code === 504) return 'ResourceVersionTooLarge';
  return endReasons[end];
}

/** The reason of an end that no Status explains. */
export function outcome(end: StreamEnd, message: string, error?: Error): StreamOutcome {
  return { end, reason: endReasons[end], message, ...(error === undefined ? {} : { error }) };
}
