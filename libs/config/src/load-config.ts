import { parseArgs } from 'node:util';
import { MesheryError } from '@meshery/errors';
import { z } from 'zod';
import { helpText } from './help-text.ts';

/** One setting of an app: how it is read, checked and described. */
export interface ConfigField<Schema extends z.ZodType = z.ZodType> {
  /** Validates and converts the text; `.default()` makes it optional. For switches, see `switchValue`. */
  readonly schema: Schema;
  /** Environment variable. */
  readonly env?: string;
  /** Long flag without its dashes; wins over the environment. */
  readonly flag?: string;
  /** A flag without a value: `--insecure`, and `--no-insecure` for its opposite. */
  readonly isSwitch?: boolean;
  /** Name of the value in `--help`, e.g. FILE. */
  readonly placeholder?: string;
  /** One line for `--help`. */
  readonly description: string;
}

/** Every setting of an app. */
export type ConfigFields = Readonly<Record<string, ConfigField>>;

/** The typed result: what each field's schema gives. */
export type ConfigValues<Fields extends ConfigFields> = {
  readonly [Name in keyof Fields]: z.output<Fields[Name]['schema']>;
};

/** Where a value came from; for printing names without values. */
export type ConfigSource = 'flag' | 'environment' | 'default';

/** What is read, and what `--help` says around it. */
export interface ConfigInput {
  /** Name of the program, e.g. "server". */
  readonly program: string;
  /** One sentence for `--help`. */
  readonly summary: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Arguments without the interpreter and the script. */
  readonly argv: readonly string[];
}

/** The source of each field. */
export type SourcesOf<Fields extends ConfigFields> = Readonly<Record<keyof Fields & string, ConfigSource>>;

/** Either the values, or the text that `--help` asked for. */
export type LoadedConfig<Fields extends ConfigFields> =
  | {
      readonly kind: 'values';
      readonly values: ConfigValues<Fields>;
      readonly sources: SourcesOf<Fields>;
    }
  | { readonly kind: 'help'; readonly text: string };

/** A problem with one setting, told by name only: values may be secrets. */
interface Problem {
  readonly name: string;
  readonly message: string;
}

/** `true`/`false`, `1`/`0`, `yes`/`no`, `on`/`off` as a boolean. */
export function switchValue(fallback: boolean): z.ZodType<boolean, string | undefined> {
  return z.stringbool().default(fallback);
}

/**
 * Reads flags and environment into one validated object: flag, else environment, else the schema's default. An empty
 * variable counts as unset. Throws one `meshery-config-1100` that names every bad or unknown setting and its remedy,
 * never a value. The only reader of an app's environment.
 */
export function loadConfig<Fields extends ConfigFields>(fields: Fields, input: ConfigInput): LoadedConfig<Fields> {
  const flags = readFlags(fields, input.argv);
  if (flags.help) return { kind: 'help', text: helpText(fields, input) };
  const problems = [...flags.problems];
  const values: Record<string, unknown> = {};
  const sources: Record<string, ConfigSource> = {};
  for (const [name, field] of Object.entries(fields)) {
    const fromFlag = flags.values.get(name);
    const fromEnv = field.env === undefined ? undefined : emptyAsUnset(input.env[field.env]);
    sources[name] = fromFlag !== undefined ? 'flag' : fromEnv !== undefined ? 'environment' : 'default';
    const result = field.schema.safeParse(fromFlag ?? fromEnv);
    if (result.success) values[name] = result.data;
    else problems.push(problemOf(field, sources[name], result.error));
  }
  if (problems.length > 0) throw invalid(problems, input.program);
  return { kind: 'values', values: values as ConfigValues<Fields>, sources: sources as SourcesOf<Fields> };
}

/** The names of what was set, by source: for the log line at start. Values are never part of it. */
export function describeSources(sources: Readonly<Record<string, ConfigSource>>): Record<string, readonly string[]> {
  const of = (source: ConfigSource): string[] => Object.keys(sources).filter((name) => sources[name] === source);
  return { flags: of('flag'), environment: of('environment') };
}

interface Flags {
  readonly help: boolean;
  readonly values: ReadonlyMap<string, string>;
  readonly problems: readonly Problem[];
}

function readFlags(fields: ConfigFields, argv: readonly string[]): Flags {
  const byFlag = new Map(
    Object.entries(fields).flatMap(([name, field]) => (field.flag === undefined ? [] : [[field.flag, name] as const])),
  );
  const { tokens } = parseArgs({
    args: [...argv],
    options: optionTypes(fields),
    strict: false,
    allowNegative: true,
    allowPositionals: true,
    tokens: true,
  });
  const values = new Map<string, string>();
  const problems: Problem[] = [];
  let help = false;
  for (const token of tokens) {
    if (token.kind === 'option-terminator') continue;
    if (token.kind === 'positional') problems.push({ name: 'argument', message: 'an argument without a flag' });
    else if (token.name === 'help' || token.name === 'h') help = true;
    else readFlag(token, { fields, byFlag, values, problems });
  }
  return { help, values, problems };
}

interface FlagToken {
  readonly name: string;
  readonly rawName: string;
  readonly value?: string | undefined;
}

interface FlagSink {
  readonly fields: ConfigFields;
  readonly byFlag: ReadonlyMap<string, string>;
  readonly values: Map<string, string>;
  readonly problems: Problem[];
}

function readFlag(token: FlagToken, sink: FlagSink): void {
  const isNegative = token.rawName.startsWith('--no-') && !sink.byFlag.has(token.rawName.slice(2));
  const flag = isNegative ? token.rawName.slice('--no-'.length) : token.name;
  const name = sink.byFlag.get(flag);
  const field = name === undefined ? undefined : sink.fields[name];
  if (name === undefined || field === undefined) {
    sink.problems.push({ name: token.rawName, message: 'there is no such flag' });
    return;
  }
  if (field.isSwitch === true) sink.values.set(name, token.value ?? String(!isNegative));
  else if (isNegative || token.value === undefined)
    sink.problems.push({ name: token.rawName, message: 'needs a value' });
  else sink.values.set(name, token.value);
}

function optionTypes(fields: ConfigFields): Record<string, { type: 'string' | 'boolean'; short?: string }> {
  const options: Record<string, { type: 'string' | 'boolean'; short?: string }> = {
    help: { type: 'boolean', short: 'h' },
  };
  for (const field of Object.values(fields)) {
    if (field.flag !== undefined) options[field.flag] = { type: field.isSwitch === true ? 'boolean' : 'string' };
  }
  return options;
}

function emptyAsUnset(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}

function problemOf(field: ConfigField, source: ConfigSource, error: z.ZodError): Problem {
  const names = [field.flag === undefined ? undefined : `--${field.flag}`, field.env];
  const name = source === 'flag' ? names[0] : source === 'environment' ? names[1] : undefined;
  const message = source === 'default' ? 'is required' : error.issues.map(describeIssue).join(', ');
  return { name: name ?? names.filter((candidate) => candidate !== undefined).join(' or '), message };
}

/** zod's own messages may quote the input; these are made from the rule alone. */
function describeIssue(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `must be a ${issue.expected}`;
    case 'too_small':
      return `must be at least ${String(issue.minimum)}`;
    case 'too_big':
      return `must be at most ${String(issue.maximum)}`;
    case 'invalid_value':
      return `must be one of ${issue.values.map(String).join(', ')}`;
    case 'invalid_format':
      return `must be a valid ${issue.format}`;
    case 'custom':
      return issue.message;
    default:
      return 'is not valid';
  }
}

function invalid(problems: readonly Problem[], program: string): MesheryError {
  const listed = problems.map((problem) => `${problem.name}: ${problem.message}`).join('; ');
  return new MesheryError('meshery-config-1100', `Invalid settings: ${listed}.`, {
    severity: 'FATAL',
    probableCause: 'A flag or an environment variable is missing, misspelt or has a value outside its range.',
    remedy: `Correct the settings named here; "${program} --help" lists them all.`,
    details: { settings: problems.map((problem) => problem.name) },
  });
}
