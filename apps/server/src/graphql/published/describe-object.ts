/** Levels that are written; what is deeper is only said to be there. */
const maxDepth = 24;
const labelWidth = 14;

type Fields = Readonly<Record<string, unknown>>;

/** What an object says of itself, as indented text for people. */
export function describeObject(json: string): string {
  const { apiVersion, kind, metadata, status, ...rest } = JSON.parse(json) as Fields;
  const { name, namespace, labels, annotations, creationTimestamp, uid } = fieldsOf(metadata);
  return [
    row('Name:', name),
    ...(namespace === undefined ? [] : [row('Namespace:', namespace)]),
    row('Kind:', kind),
    row('API version:', apiVersion),
    row('Created:', creationTimestamp),
    row('UID:', uid),
    pairs('Labels:', labels),
    pairs('Annotations:', annotations),
    // Events are not discovered: they are many, and their cluster forgets them within an hour.
    row('Events:', 'kept by the cluster only: "kubectl describe" has them'),
    ...Object.entries({ ...rest, status }).flatMap(([field, value]) => (value === undefined ? [] : part(field, value))),
  ].join('\n');
}

function row(label: string, value: unknown): string {
  return `${label.padEnd(labelWidth)}${scalar(value)}`;
}

function pairs(label: string, value: unknown): string {
  const lines = Object.entries(fieldsOf(value)).map(([key, text]) => `${key}=${scalar(text)}`);
  return row(label, lines.length === 0 ? undefined : lines.join(`\n${' '.repeat(labelWidth)}`));
}

function part(field: string, value: unknown): readonly string[] {
  const label = field.charAt(0).toUpperCase() + field.slice(1);
  return isNested(value) ? [`${label}:`, ...nested(value, 1)] : [row(`${label}:`, value)];
}

function nested(value: object, depth: number): readonly string[] {
  const indent = '  '.repeat(depth);
  if (depth > maxDepth) return [`${indent}...`];
  const isList = Array.isArray(value);
  return Object.entries(value).flatMap(([key, child]: [string, unknown]) => {
    const label = isList ? '-' : `${key}:`;
    return isNested(child)
      ? [`${indent}${label}`, ...nested(child, depth + 1)]
      : [`${indent}${label} ${scalar(child)}`];
  });
}

function isNested(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}

function scalar(value: unknown): string {
  if (value === undefined || value === null || value === '') return '<none>';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function fieldsOf(value: unknown): Fields {
  return isNested(value) ? (value as Fields) : {};
}
