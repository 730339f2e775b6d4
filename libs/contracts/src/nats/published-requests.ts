import type { EventType, ObjectType, Parsed } from './envelope.ts';
import { parseEnvelope } from './envelope.ts';
import type { Fields } from './pod-fields.ts';
import { checked, countField, fieldsOf, flagField, nameField, refuseField } from './pod-fields.ts';

/** What names a published session of logs or of a terminal. */
export interface PublishedSession {
  /** The client's; tells the viewers of one container apart. */
  readonly id: string;
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
}

/** One entry of a published `exec-request`. */
export interface PublishedExecRequest extends PublishedSession {
  /** Ends the session instead of beginning it. */
  readonly stop: boolean;
}

/** One entry of a published `log-stream` request. */
export interface PublishedLogRequest extends PublishedExecRequest {
  readonly follow: boolean;
  readonly previous: boolean;
  /** Absent means all; published clients send 0 when they mean nothing special. */
  readonly tailLines?: number;
}

/** Sessions that one published request may name. */
const maxEntries = 64;

/** Reads the payload of `exec-request`: a map of names to requests; each stands for itself. */
export function execRequestsOf(payload: unknown): readonly Parsed<PublishedExecRequest>[] {
  return entriesOf(payload).map((entry) => checked(() => execOf(fieldsOf(entry, 'a request'))));
}

/** Reads the payload of `log-stream`: a map of names to requests; each stands for itself. */
export function logRequestsOf(payload: unknown): readonly Parsed<PublishedLogRequest>[] {
  return entriesOf(payload).map((entry) =>
    checked(() => {
      const fields = fieldsOf(entry, 'a request');
      const tailLines = countField(fields, 'taillines', 0, 1_000_000) ?? 0;
      return {
        ...execOf(fields),
        follow: flagField(fields, 'follow'),
        previous: flagField(fields, 'previous'),
        ...(tailLines === 0 ? {} : { tailLines }),
      };
    }),
  );
}

function entriesOf(payload: unknown): readonly unknown[] {
  return typeof payload === 'object' && payload !== null ? Object.values(payload).slice(0, maxEntries) : [];
}

function execOf(fields: Fields): PublishedExecRequest {
  return {
    id: idOf(fields.id),
    namespace: nameField(fields, 'namespace'),
    pod: nameField(fields, 'name'),
    container: nameField(fields, 'container'),
    stop: flagField(fields, 'stop'),
  };
}

/** It becomes the end of a subject. */
function idOf(value: unknown): string {
  return typeof value === 'string' && /^[^\s*>]{1,128}$/.test(value)
    ? value
    : refuseField('id is not a text without spaces, * and >');
}

/** Subject of a terminal's output, which is also the id of its session. */
export function execOutputSubject({ namespace, pod, container, id }: PublishedSession): string {
  return `exec.${namespace}.${pod}.${container}.${id}`;
}

/** Subject of a terminal's input. */
export function execInputSubject(session: PublishedSession): string {
  return `input.${execOutputSubject(session)}`;
}

/** The text of an `exec-input` message; undefined for anything else. */
export function execInputOf(data: Uint8Array): string | undefined {
  const parsed = parseEnvelope(data);
  if (!parsed.ok || parsed.value.ObjectType !== 'exec-input') return undefined;
  return typeof parsed.value.Object === 'string' ? parsed.value.Object : undefined;
}

/** Writes a part of a session: a chunk of a log, output of a terminal, an error, the list of sessions. */
export function encodeSessionEvent(objectType: ObjectType, eventType: EventType, object: unknown): string {
  return JSON.stringify({ ObjectType: objectType, EventType: eventType, Request: null, Object: object });
}

/** `Object` of a `log-stream` message. */
export function logChunkOf(session: PublishedSession, data: string): Readonly<Record<string, string>> {
  return { id: session.id, data, primary: session.pod, secondary: session.container };
}
