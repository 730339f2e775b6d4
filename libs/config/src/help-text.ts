import type { ConfigField, ConfigFields, ConfigInput } from './load-config.ts';

/** The text of `--help`: every flag with its variable and default. */
export function helpText(fields: ConfigFields, input: Pick<ConfigInput, 'program' | 'summary'>): string {
  const rows = Object.values(fields).map((field) => [leftColumn(field), rightColumn(field)] as const);
  rows.push(['--help', 'print this text']);
  const width = Math.max(...rows.map(([left]) => left.length));
  const lines = rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
  return `usage: ${input.program} [FLAG..]\n\n${input.summary}\n\n${lines.join('\n')}\n`;
}

function leftColumn(field: ConfigField): string {
  if (field.flag === undefined) return field.env ?? '';
  if (field.isSwitch === true) return `--[no-]${field.flag}`;
  return `--${field.flag} ${field.placeholder ?? 'VALUE'}`;
}

function rightColumn(field: ConfigField): string {
  const notes = [];
  if (field.flag !== undefined && field.env !== undefined) notes.push(`env ${field.env}`);
  const fallback = defaultOf(field);
  if (fallback !== undefined) notes.push(`default ${fallback}`);
  return notes.length === 0 ? field.description : `${field.description} (${notes.join('; ')})`;
}

/** The schema's default, found by parsing nothing: that is what an unset field gets. */
function defaultOf(field: ConfigField): string | undefined {
  const result = field.schema.safeParse(undefined);
  const value: unknown = result.success ? result.data : undefined;
  if (typeof value === 'string') return value === '' ? undefined : value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}
