/** The published envelope: one JSON object per NATS message, capitalised keys, no batching. */

/** What `Object` holds. */
export const objectTypes = [
  'request-payload',
  'meshsync-data',
  'log-stream',
  'smi-data',
  'error',
  'exec-input',
  'exec-output',
  'active-exec',
] as const;

/** One of the published object types. */
/** One of the published object types. */
export type ObjectType = (typeof objectTypes)[number];

/** What happened to the object. */
export const eventTypes = ['ADDED', 'MODIFIED', 'DELETED', 'ERROR', 'RESYNC'] as const;

/** One of the published event types. */
/** One of the published event types. */
export type EventType = (typeof eventTypes)[number];

/** What a server can ask of an agent. */
export const requestEntities = [
  'log-stream',
  'resync-discovery',
  'exec-request',
  'active-exec',
  'informer-store',
  'meshsync-meta',
] as const;

/** One of the published requests. */
/** One of the published requests. */
export type RequestEntity = (typeof requestEntities)[number];

/** A request of the server; `Entity` may be one that this version does not know. */
export interface EnvelopeRequest {
  readonly Entity: string;
  readonly Payload: unknown;
}

/** The envelope with its wire names. Types may be empty (replies to `informer-store`). */
export interface Envelope {
  readonly ObjectType: ObjectType | '';
  readonly EventType: EventType | '';
  readonly Request: EnvelopeRequest | null;
  readonly Object: unknown;
}

/** An outcome that is expected to fail sometimes: a value, or the reason in words. */
export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: string };

/** Limits of a message that comes from outside. */
export interface EnvelopeLimits {
  /** Bytes of the whole message; default 10 MB. */
  readonly maxBytes?: number;
  /** Nesting of the message; default 1,000. */
  readonly maxDepth?: number;
}

/** Largest message accepted after reassembly, in bytes. */
export const maxMessageBytes = 10 * 1024 * 1024;

/** Deepest nesting accepted in any JSON text; Kubernetes objects stay under 100. */
export const maxJsonDepth = 1000;

/** Deepest nesting of a JSON text, by counting brackets outside of strings; never recursive. */
export function jsonDepth(text: string): number {
  const token = /["{}[\]]/g;
  let depth = 0;
  let deepest = 0;
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    const character = match[0];
    if (character === '"') token.lastIndex = endOfString(text, match.index);
    else if (character === '{' || character === '[') deepest = Math.max(deepest, ++depth);
    else depth -= 1;
  }
  return deepest;
}

/** Index after the closing quote of the string that opens at `start`; the text's length when it never closes. */
export function endOfString(text: string, start: number): number {
  for (let quote = text.indexOf('"', start + 1); quote !== -1; quote = text.indexOf('"', quote + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(quote - 1 - backslashes) === 0x5c) backslashes += 1;
    if (backslashes % 2 === 0) return quote + 1;
  }
  return text.length;
}

/** Reads a published message within limits; the reason says which rule it breaks. */
export function parseEnvelope(data: Uint8Array, limits: EnvelopeLimits = {}): Parsed<Envelope> {
  const { maxBytes = maxMessageBytes, maxDepth = maxJsonDepth } = limits;
  if (data.byteLength > maxBytes) return refuse(`the message has ${data.byteLength} bytes, more than ${maxBytes}`);
  const text = decodeUtf8(data);
  if (text === undefined) return refuse('the message is not UTF-8');
  if (jsonDepth(text) > maxDepth) return refuse(`the message nests deeper than ${maxDepth} levels`);
  const value = parseJson(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return refuse('the message is not a JSON object');
  return checkEnvelope(value);
}

interface EnvelopeCandidate {
  readonly ObjectType?: unknown;
  readonly EventType?: unknown;
  readonly Request?: unknown;
  readonly Object?: unknown;
}

function checkEnvelope(value: EnvelopeCandidate): Parsed<Envelope> {
  const { ObjectType: objectType = '', EventType: eventType = '', Request: request = null } = value;
  if (objectType !== '' && !isOneOf(objectTypes, objectType)) return refuse('ObjectType is not a published one');
  if (eventType !== '' && !isOneOf(eventTypes, eventType)) return refuse('EventType is not a published one');
  if (request !== null && !isRequest(request)) return refuse('Request has no Entity');
  return { ok: true, value: { ObjectType: objectType, EventType: eventType, Request: request, Object: value.Object } };
}

function isOneOf<T extends string>(list: readonly T[], value: unknown): value is T {
  return (list as readonly unknown[]).includes(value);
}

function isRequest(value: unknown): value is EnvelopeRequest {
  return typeof value === 'object' && value !== null && 'Entity' in value && typeof value.Entity === 'string';
}

function refuse(reason: string): { readonly ok: false; readonly reason: string } {
  return { ok: false, reason };
}

function decodeUtf8(data: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(data);
  } catch {
    return undefined;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Writes a resource event. */
export function encodeResourceEvent(eventType: EventType, object: unknown): string {
  return JSON.stringify({ ObjectType: 'meshsync-data', EventType: eventType, Request: null, Object: object });
}

/** Writes a request of the server. */
export function encodeRequest(entity: RequestEntity, payload: unknown): string {
  return JSON.stringify({
    ObjectType: 'request-payload',
    EventType: '',
    Request: { Entity: entity, Payload: payload },
    Object: null,
  });
}

/** Writes an answer without types: a part of `informer-store` (an array) or the version (a string). */
export function encodeReply(object: unknown): string {
  return JSON.stringify({ ObjectType: '', EventType: '', Request: null, Object: object });
}

/** Reply subject of an `informer-store` request; undefined when the payload names none. */
export function replySubjectOf(payload: unknown): string | undefined {
  if (typeof payload !== 'object' || payload === null || !('Reply' in payload)) return undefined;
  const reply = payload.Reply;
  return typeof reply === 'string' && /^[^\s*>]+$/.test(reply) ? reply : undefined;
}
