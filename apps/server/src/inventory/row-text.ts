import { publishedId, sliceMembers } from '@meshery/contracts';
import { modelOf } from '@meshery/store';
import type { ObjectHead, ObjectQuery, PageFormat } from '@meshery/store';

/** Which optional parts a row carries. */
export interface RowParts {
  readonly spec: boolean;
  readonly status: boolean;
  readonly annotations: boolean;
  readonly labels: boolean;
}

/** Columns of a row that `fields=` can select. */
export const rowFields = [
  'id',
  'apiVersion',
  'kind',
  'model',
  'name',
  'namespace',
  'uid',
  'resourceVersion',
  'creationTimestamp',
  'cluster_id',
  'staleSince',
] as const;
export type RowField = (typeof rowFields)[number];

/** Rows without optional parts. */
export const plainRow: RowParts = { spec: false, status: false, annotations: false, labels: false };
/** Rows with all of them. */
export const fullRow: RowParts = { spec: true, status: true, annotations: true, labels: true };

/** True when rows with these parts can only be written from the stored text. */
export function needsText(parts: RowParts): boolean {
  return parts.spec || parts.status || parts.annotations || parts.labels;
}

/** How rows are written. */
export interface RowShape {
  readonly parts: RowParts;
  /** All columns when absent. */
  readonly fields?: ReadonlySet<RowField>;
}

/** The published page as a format of the store: its key names every choice that changes the text. */
export function pageFormat(shape: RowShape, query: Pick<ObjectQuery, 'page' | 'pageSize'>): PageFormat {
  const { parts, fields } = shape;
  const place = `{"page":${String(query.page ?? 0)},"pageSize":${String(query.pageSize)}`;
  const chosen = Object.entries(parts).flatMap(([part, wanted]) => (wanted ? [part] : []));
  return {
    key:
      fields === undefined
        ? `all ${chosen.join(',')}`
        : `only ${rowFields.filter((name) => fields.has(name)).join(',')}`,
    needsText: fields === undefined && needsText(parts),
    row: (head, json) => rowText(head, shape, json),
    document: (rows, { totalCount, next, seq }) =>
      `${place},"totalCount":${String(totalCount)},"resources":[${rows}],"design":null` +
      `${next === undefined ? '' : `,"next":${quote(next)}`},"seq":${String(seq)}}`,
  };
}

const quote = JSON.stringify as (value: string) => string;

/**
 * Writes one published row as JSON text from the head columns and slices of the stored text. Nothing is parsed and
 * written again: numbers keep every digit.
 */
export function rowText(head: ObjectHead, shape: RowShape, json?: string): string {
  if (shape.fields !== undefined) return selectedRow(head, shape.fields);
  const id = quote(publishedId(head));
  const members = json === undefined || !needsText(shape.parts) ? undefined : sliceMembers(json);
  const extras = members === undefined ? '' : metadataExtras(members, shape.parts, id);
  const attributes = members === undefined ? '' : attributeExtras(members, shape.parts, id);
  return (
    `{"id":${id},"apiVersion":${quote(head.apiVersion)},"kind":${quote(head.kind)},` +
    `"model":${quote(modelOf(head.apiVersion))},"metadata":{"name":${quote(head.name)},` +
    (head.namespace === '' ? '' : `"namespace":${quote(head.namespace)},`) +
    `"uid":${quote(head.uid)},"resourceVersion":${quote(head.resourceVersion)}` +
    (head.creationTimestamp === '' ? '' : `,"creationTimestamp":${quote(head.creationTimestamp)}`) +
    `${extras}},"cluster_id":${quote(head.clusterId)}${staleness(head)}${attributes}}`
  );
}

/** Nothing for a row that is kept up to date. */
function staleness({ staleSince }: ObjectHead): string {
  return staleSince === undefined ? '' : `,"staleSince":${quote(staleSince)}`;
}

/** Columns inside `metadata`, in the order they are written. */
const metadataColumns = ['name', 'namespace', 'uid', 'resourceVersion', 'creationTimestamp'] as const;

/** This runs for every row of every page: one growing string, nothing computed that was not asked for. */
function selectedRow(head: ObjectHead, fields: ReadonlySet<RowField>): string {
  let top = fields.has('id') ? `"id":${quote(publishedId(head))},` : '';
  if (fields.has('apiVersion')) top += `"apiVersion":${quote(head.apiVersion)},`;
  if (fields.has('kind')) top += `"kind":${quote(head.kind)},`;
  if (fields.has('model')) top += `"model":${quote(modelOf(head.apiVersion))},`;
  let metadata = '';
  for (const column of metadataColumns) {
    if (!fields.has(column) || head[column] === '') continue;
    metadata += `${metadata === '' ? '' : ','}"${column}":${quote(head[column])}`;
  }
  const cluster = fields.has('cluster_id') ? `,"cluster_id":${quote(head.clusterId)}` : '';
  const stale = fields.has('staleSince') ? staleness(head) : '';
  return `{${top}"metadata":{${metadata}}${cluster}${stale}}`;
}

function metadataExtras(members: ReadonlyMap<string, string>, parts: RowParts, id: string): string {
  if (!parts.labels && !parts.annotations) return '';
  const metadata = sliceMembers(members.get('metadata') ?? '{}');
  const labels = parts.labels ? `,"labels":${keyValues(metadata.get('labels'), 'label', id)}` : '';
  const annotations = parts.annotations
    ? `,"annotations":${keyValues(metadata.get('annotations'), 'annotation', id)}`
    : '';
  return labels + annotations;
}

function keyValues(slice: string | undefined, kind: 'label' | 'annotation', id: string): string {
  if (slice === undefined || !slice.startsWith('{')) return '[]';
  const entries: string[] = [];
  for (const [key, value] of sliceMembers(slice)) {
    if (!value.startsWith('"')) continue;
    const unique = quote(`${kind}:${key}`);
    entries.push(`{"id":${id},"unique_id":${unique},"kind":"${kind}","key":${quote(key)},"value":${value}}`);
  }
  return `[${entries.join(',')}]`;
}

function attributeExtras(members: ReadonlyMap<string, string>, parts: RowParts, id: string): string {
  return (parts.spec ? attribute('spec', members, id) : '') + (parts.status ? attribute('status', members, id) : '');
}

function attribute(name: 'spec' | 'status', members: ReadonlyMap<string, string>, id: string): string {
  const slice = members.get(name);
  return slice === undefined ? '' : `,"${name}":{"id":${id},"attribute":${quote(slice)}}`;
}
