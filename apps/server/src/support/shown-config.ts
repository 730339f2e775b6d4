import type { ServerConfig } from '../config.ts';

/** Texts that tell nothing about people, places or credentials. All other texts are kept to oneself, new ones too. */
const shownTexts: ReadonlySet<string> = new Set(['host', 'grpcHost', 'grpcOutside', 'logLevel', 'latestRelease']);

/** The configuration as it may leave the house: numbers and switches, and of all other settings whether they are set. */
export function shownConfig(config: ServerConfig): Record<string, unknown> {
  return Object.fromEntries(Object.entries(config).map(([name, value]) => [name, shown(name, value)]));
}

function shown(name: string, value: unknown): unknown {
  if (typeof value === 'number' || typeof value === 'boolean' || shownTexts.has(name)) return value;
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return 'not set';
  return 'set [REDACTED]';
}
