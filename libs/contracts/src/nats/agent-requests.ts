import type { Parsed } from './envelope.ts';
import type { Fields, PodPlace } from './pod-fields.ts';
import {
  checked,
  countField,
  flagField,
  nameField,
  optionalName,
  parseFields,
  refuseField,
  textField,
} from './pod-fields.ts';
import { isSubjectToken } from './subjects.ts';

/** Largest native request or session message, in bytes. */
const maxRequestBytes = 256 * 1024;

/** A native request of any verb. */
export interface AgentRequest {
  /** Chosen by the client, unique among its sessions: letters, digits, `-`, `_`. */
  readonly id: string;
  /** On whose behalf: Kubernetes decides by the rights of this user and these groups. */
  readonly user?: string;
  readonly groups: readonly string[];
}

/** Native request `logs`. */
export interface LogsRequest extends AgentRequest, PodPlace {
  readonly follow: boolean;
  readonly previous: boolean;
  readonly timestamps: boolean;
  /** All lines when absent. */
  readonly tailLines?: number;
}

/** Size of a terminal in characters. */
export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

/** Native request `exec`. */
export interface ExecRequest extends AgentRequest, PodPlace {
  readonly command: readonly string[];
  readonly tty: boolean;
  readonly size?: TerminalSize;
}

/** What a client tells a session while it lasts. */
export type SessionInput =
  | { readonly type: 'input'; readonly data: Buffer }
  /** Closes the input of the program. */
  | { readonly type: 'end-input' }
  | ({ readonly type: 'resize' } & TerminalSize)
  /** Everything up to this sequence has arrived. */
  | { readonly type: 'ack'; readonly sequence: number }
  | { readonly type: 'stop' };

/** A coded error as it travels. */
export interface SentError {
  readonly code: string;
  readonly message: string;
  readonly probableCause?: string;
  readonly remedy?: string;
}

/** What an agent answers: `started`, any number of `data`, then one `end` or `error`; or only the last. */
export type SessionOutput =
  | { readonly type: 'started' }
  | { readonly type: 'data'; readonly sequence: number; readonly stream: 'stdout' | 'stderr'; readonly data: Buffer }
  /** `exitCode` of a program, `result` of the other verbs. */
  | { readonly type: 'end'; readonly exitCode?: number; readonly result?: unknown }
  | ({ readonly type: 'error' } & SentError);

/** Reads a request of which only the common members matter. */
export function parseAgentRequest(data: Uint8Array): Parsed<AgentRequest> {
  return checked(() => commonOf(parseFields(data, maxRequestBytes)));
}

/** Reads a request `logs`. */
export function parseLogsRequest(data: Uint8Array): Parsed<LogsRequest> {
  return checked(() => {
    const fields = parseFields(data, maxRequestBytes);
    const tailLines = countField(fields, 'tailLines', 0, 1_000_000);
    return {
      ...commonOf(fields),
      ...placeOf(fields),
      follow: flagField(fields, 'follow'),
      previous: flagField(fields, 'previous'),
      timestamps: flagField(fields, 'timestamps'),
      ...(tailLines === undefined ? {} : { tailLines }),
    };
  });
}

/** Reads a request `exec`. */
export function parseExecRequest(data: Uint8Array): Parsed<ExecRequest> {
  return checked(() => {
    const fields = parseFields(data, maxRequestBytes);
    const size = fields.columns === undefined ? undefined : sizeOf(fields);
    return {
      ...commonOf(fields),
      ...placeOf(fields),
      command: commandOf(fields.command),
      tty: flagField(fields, 'tty'),
      ...(size === undefined ? {} : { size }),
    };
  });
}

/** Writes a request of any verb. */
export function encodeAgentRequest(request: AgentRequest | LogsRequest | ExecRequest): string {
  if (!('size' in request)) return JSON.stringify(request);
  const { size, ...rest } = request;
  return JSON.stringify({ ...rest, ...size });
}

/** Reads what a client tells a session. */
export function parseSessionInput(data: Uint8Array): Parsed<SessionInput> {
  return checked((): SessionInput => {
    const fields = parseFields(data, maxRequestBytes);
    switch (fields.type) {
      case 'input':
        return { type: 'input', data: bytesOf(fields.data) };
      case 'resize':
        return { type: 'resize', ...sizeOf(fields) };
      case 'ack':
        return { type: 'ack', sequence: countField(fields, 'sequence', 0, Number.MAX_SAFE_INTEGER) ?? 0 };
      case 'end-input':
      case 'stop':
        return { type: fields.type };
      default:
        return refuseField('type is none of input, end-input, resize, ack, stop');
    }
  });
}

/** Writes what a client tells a session. */
export function encodeSessionInput(input: SessionInput): string {
  return JSON.stringify(input.type === 'input' ? { ...input, data: input.data.toString('base64') } : input);
}

/** Writes an answer; bytes travel as base64. */
export function encodeSessionOutput(id: string, output: SessionOutput): string {
  const plain = output.type === 'data' ? { ...output, data: output.data.toString('base64') } : output;
  return JSON.stringify({ id, ...plain });
}

function commonOf(fields: Fields): AgentRequest {
  const { id, groups = [] } = fields;
  if (typeof id !== 'string' || !isSubjectToken(id)) return refuseField('id is not a text of letters, digits, - and _');
  if (!Array.isArray(groups) || groups.length > 100) return refuseField('groups is not a list of at most 100 names');
  const user = textField(fields, 'user');
  if (user === undefined && groups.length > 0) return refuseField('groups without a user mean nothing');
  const names = groups.map((group: unknown) => textField({ group }, 'group') ?? refuseField('a group has no name'));
  return { id, ...(user === undefined ? {} : { user }), groups: names };
}

function placeOf(fields: Fields): PodPlace {
  const container = optionalName(fields, 'container');
  const place = { namespace: nameField(fields, 'namespace'), pod: nameField(fields, 'pod') };
  return container === undefined ? place : { ...place, container };
}

function commandOf(value: unknown): readonly string[] {
  const words = Array.isArray(value) ? (value as unknown[]) : [];
  const bytes = JSON.stringify(words).length;
  if (words.length > 0 && bytes <= 32_768 && words.every((word) => typeof word === 'string')) return words;
  return refuseField('command is not a list of words, at most 32 KiB together');
}

function sizeOf(fields: Fields): TerminalSize {
  const columns = countField(fields, 'columns', 1, 65_535);
  const rows = countField(fields, 'rows', 1, 65_535);
  return columns === undefined || rows === undefined ? refuseField('columns or rows are missing') : { columns, rows };
}

function bytesOf(value: unknown): Buffer {
  const isBase64 = typeof value === 'string' && /^[A-Za-z0-9+/]*={0,2}$/.test(value);
  return isBase64 ? Buffer.from(value, 'base64') : refuseField('data is not base64');
}
