import type { IngestControl } from '../ingest/ingest-port.ts';

/** A control as it travels: `incarnation` names the run it is for, absent means whichever run is there. */
export interface ControlMessage {
  readonly control: IngestControl;
  readonly incarnation?: string;
}

/** Writes a control as JSON text. */
export function encodeControl(message: ControlMessage): string {
  const { control, incarnation } = message;
  return JSON.stringify(incarnation === undefined ? control : { ...control, incarnation });
}

/** Reads a control; undefined for anything that is not one. */
export function parseControl(text: string): ControlMessage | undefined {
  const fields = parseFields(text);
  const control = fields === undefined ? undefined : controlOf(fields);
  if (control === undefined) return undefined;
  return typeof fields?.incarnation === 'string' ? { control, incarnation: fields.incarnation } : { control };
}

interface ControlFields {
  readonly type?: unknown;
  readonly kind?: unknown;
  readonly reason?: unknown;
  readonly incarnation?: unknown;
}

function parseFields(text: string): ControlFields | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function controlOf(fields: ControlFields): IngestControl | undefined {
  const reason = typeof fields.reason === 'string' ? fields.reason : '';
  if (fields.type === 'superseded' || fields.type === 'snapshot-all') return { type: fields.type, reason };
  if (fields.type === 'snapshot' && typeof fields.kind === 'string' && fields.kind !== '') {
    return { type: 'snapshot', kind: fields.kind, reason };
  }
  return undefined;
}
