import { isMesheryError } from '@meshery/errors';
import { z } from 'zod';
import { describeSources, loadConfig, switchValue } from './index.ts';

const fields = {
  port: {
    schema: z.coerce.number().int().min(0).max(65_535).default(9081),
    env: 'SAMPLE_PORT',
    flag: 'port',
    placeholder: 'N',
    description: 'port of the server',
  },
  level: { schema: z.enum(['info', 'debug']).default('info'), env: 'LOG_LEVEL', description: 'log level' },
  secret: { schema: z.string().min(8), env: 'SAMPLE_SECRET', flag: 'secret', description: 'shared secret' },
  browser: { schema: switchValue(true), flag: 'browser', isSwitch: true, description: 'open a browser' },
} as const;

const program = { program: 'sample', summary: 'A sample.' };

function load(argv: string[], env: Record<string, string> = {}): ReturnType<typeof loadConfig<typeof fields>> {
  return loadConfig(fields, { ...program, argv, env: { SAMPLE_SECRET: 'long enough', ...env } });
}

function refused(argv: string[], env: Record<string, string> = {}): string {
  try {
    load(argv, env);
  } catch (error) {
    if (isMesheryError(error) && error.code === 'meshery-config-1100')
      return `${error.message} ${String(error.remedy)}`;
    throw error;
  }
  throw new Error('the settings were accepted');
}

describe('loadConfig', () => {
  test('takes a flag before the environment before the default, and says which', () => {
    const loaded = load(['--port', '9999'], { SAMPLE_PORT: '1', LOG_LEVEL: 'debug' });
    expect(loaded).toMatchObject({ values: { port: 9999, level: 'debug', browser: true } });
    const sources = loaded.kind === 'values' ? loaded.sources : {};
    expect(sources).toMatchObject({ port: 'flag', level: 'environment', browser: 'default' });
    expect(describeSources(sources)).toEqual({ flags: ['port'], environment: ['level', 'secret'] });
  });

  test('reads --name=value, --no-switch, and an empty variable as unset', () => {
    const loaded = load(['--port=0', '--no-browser'], { LOG_LEVEL: '' });
    expect(loaded).toMatchObject({ values: { port: 0, browser: false, level: 'info' } });
  });

  test('names every bad setting at once with the remedy, and no value', () => {
    const text = refused(['--port', '70000', '--colour', 'red', 'stray'], { LOG_LEVEL: 'loud', SAMPLE_SECRET: 'hush' });
    for (const name of ['--port', '--colour', 'LOG_LEVEL', 'SAMPLE_SECRET', 'argument']) expect(text).toContain(name);
    for (const value of ['70000', 'loud', 'hush', 'red', 'stray']) expect(text).not.toContain(value);
    expect(text).toContain('sample --help');
  });

  test('a required setting that is missing is named by flag and variable', () => {
    expect(refused([], { SAMPLE_SECRET: '' })).toContain('--secret or SAMPLE_SECRET: is required');
  });

  test('a flag without its value is refused', () => {
    expect(refused(['--port'])).toContain('--port: needs a value');
  });

  test('--help lists flags, variables and defaults, even beside bad settings', () => {
    const loaded = load(['--help', '--port', 'x']);
    const text = loaded.kind === 'help' ? loaded.text : '';
    expect(text).toContain('--port N');
    expect(text).toContain('env SAMPLE_PORT; default 9081');
    expect(text).toContain('--[no-]browser');
    expect(text).not.toContain('long enough');
  });
});
