import { parseArgs } from 'node:util';
import { ToolError } from '../../setup/src/tool-error.ts';

/** Who sends the requests. */
export const callers = ['owner', 'editor', 'viewer', 'nobody'] as const;

/** One of them. */
export type CallerName = (typeof callers)[number];

/** What `npm run fuzz` was asked for. */
export interface FuzzArguments {
  readonly help: boolean;
  readonly minutes: number;
  readonly caller: CallerName;
  /** Go to Schemathesis as they are. */
  readonly further: readonly string[];
}

/** The text of `npm run fuzz -- --help`. */
export const usage = `usage: npm run fuzz -- [--minutes N] [--as ${callers.join('|')}] [-- ARGUMENT..]
  Builds the server, starts it with data of its own and sends it requests made from docs/reference/openapi.json, right
  and wrong ones. Fails on an answer 5xx and on any answer that the document does not name for that operation.
  --minutes N  how long (default 5); at most 20 requests in a second
  --as WHO     who sends them (default owner)
  --help       print this text
  Further arguments go to Schemathesis, e.g. -- --include-path /api/workspaces. It is installed from PyPI once.
`;

const options = {
  minutes: { type: 'string', default: '5' },
  as: { type: 'string', default: 'owner' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** Reads the arguments. Throws a `ToolError` when they make no sense. */
export function parseFuzzArguments(argv: readonly string[]): FuzzArguments {
  const end = argv.includes('--') ? argv.indexOf('--') : argv.length;
  const { values } = parseArgs({ args: argv.slice(0, end), options });
  const minutes = Number(values.minutes);
  const caller = callers.find((name) => name === values.as);
  if (!(minutes > 0 && minutes <= 24 * 60)) throw new ToolError(`--minutes ${values.minutes} is no time`, usage);
  if (caller === undefined) throw new ToolError(`there is no caller "${values.as}"`, usage);
  return { help: values.help, minutes, caller, further: argv.slice(end + 1) };
}
