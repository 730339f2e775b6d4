/** A form as react-jsonschema-form reads it: what is asked (JSON Schema), and how. */
export interface Form {
  readonly rjsfSchema: Readonly<Record<string, unknown>>;
  readonly uiSchema: Readonly<Record<string, unknown>>;
}

type Field = Readonly<Record<string, unknown>>;

/** A line of text. */
export function line(title: string, description: string, over: Field = {}): Field {
  return { type: 'string', title, description, maxLength: 4096, ...over };
}

/** The name of something. */
export function nameField(of: string): Field {
  return line('Name', `A name by which people tell ${of} from others.`, { minLength: 1, maxLength: 256 });
}

/** The address of something. */
export function address(title: string, description: string): Field {
  return line(title, description, { format: 'uri', pattern: '^https?://' });
}

/** A secret: a browser hides it, and it is never filled in from what is kept. */
export function secret(title: string, description: string): Field {
  return line(title, description, { writeOnly: true });
}

/** A file, sent as a data URL. */
export function file(title: string, description: string): Field {
  return { type: 'string', format: 'data-url', title, description };
}

/** One of several. */
export function choice(title: string, description: string, names: readonly string[]): Field {
  return { type: 'string', title, description, enum: names, default: names[0] };
}

/** A form out of its fields, in their order. */
export function form(
  title: string,
  properties: Readonly<Record<string, Field>>,
  required: readonly string[],
  ui: Readonly<Record<string, unknown>> = {},
): Form {
  const schema = { $schema: 'http://json-schema.org/draft-07/schema#', type: 'object', title, properties, required };
  return { rjsfSchema: schema, uiSchema: { 'ui:order': Object.keys(properties), ...ui } };
}

const area = { 'ui:widget': 'textarea' };
const hidden = { 'ui:widget': 'password' };
/** How a long text, a secret, and a file of certain types are asked for. */
export const widgets = {
  area,
  hidden,
  file: (accept: string) => ({ 'ui:widget': 'file', 'ui:options': { accept } }),
} as const;
