import { parseArgs } from 'node:util';

/** What the program says of itself. */
export const usage = `usage: meshery-provider-conformance URL [--json] [--login-command COMMAND] [..]
  Checks a remote provider of Meshery: capabilities, keys, sign-in, sessions, and every feature that it offers. It signs
  in several times, and makes, changes and removes records of its own: use an account that may, and no provider that
  is in use.

  --login-command COMMAND  signs in at the address in the variable LOGIN_URL and follows where it leads, such as
                           curl -sL -d name=ada -d password=... "$LOGIN_URL"; without it you are asked to sign in
  --callback-port PORT     where the provider sends who signed in: http://127.0.0.1:PORT/api/user/token (default: any)
  --timeout SECONDS        for each answer, 1 to 60 (default: 10)
  --json                   one JSON line for each check: id, status, expected, seen, reference
  --help                   print this text

exit code: 0 all checks passed, 1 some failed, 2 the provider or the command line cannot be used
`;

/** What was asked for. */
export interface Config {
  readonly url: string;
  readonly isJson: boolean;
  readonly timeoutMs: number;
  readonly callbackPort: number;
  /** Undefined asks a person. */
  readonly loginCommand: string | undefined;
  /** What the command is given, besides LOGIN_URL. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Reads the command line; undefined for help. Throws an Error that says what is wrong. */
export function readConfig(
  argv = process.argv.slice(2),
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Config | undefined {
  const { values, positionals } = parseArgs({
    args: [...argv],
    options: {
      json: { type: 'boolean', default: false },
      'login-command': { type: 'string' },
      'callback-port': { type: 'string', default: '0' },
      timeout: { type: 'string', default: '10' },
      help: { type: 'boolean', short: 'h', default: false },
    },
    allowPositionals: true,
  });
  if (values.help) return undefined;
  const [url = '', ...more] = positionals;
  if (more.length > 0 || !isHttp(url)) throw new Error('give one URL that begins with https:// or http://');
  return {
    url,
    environment,
    isJson: values.json,
    loginCommand: values['login-command'],
    callbackPort: numberOf('--callback-port', values['callback-port'], 65_535, 0),
    timeoutMs: 1000 * numberOf('--timeout', values.timeout, 60, 1),
  };
}

function isHttp(text: string): boolean {
  return URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol);
}

function numberOf(option: string, text: string, most: number, least: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new Error(`${option} takes a number from ${String(least)} to ${String(most)}`);
}
