import { pino } from 'pino';
import type { Logger as PinoLogger } from 'pino';
import type { LogOutput } from './log-outputs.ts';

/** Levels, most talkative first. */
export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';

/** Every level, most talkative first: for validating configuration. */
export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** Structured logger: fields first, then a message in lower-case words. */
export interface Logger {
  /** The level of this logger and of its whole family (parents, children); assign to change it at run time. */
  level: string;
  trace(fields: object, message: string): void;
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
  fatal(fields: object, message: string): void;
  child(fields: Record<string, unknown>): Logger;
}

/** How a logger is made. */
export interface LoggerOptions {
  /** Name of the service in every line. */
  readonly service: string;
  readonly level?: LogLevel;
  /** Where lines go; standard output when absent. */
  readonly destination?: LogOutput;
}

/** Field paths whose values never reach a log. */
const redactedPaths = [
  'token',
  'password',
  'authorization',
  'cookie',
  'kubeconfig',
  '*.token',
  '*.password',
  '*.authorization',
  '*.cookie',
  '*.kubeconfig',
  'headers.authorization',
  'headers.cookie',
];

/** The level shared by a family of loggers. */
interface LevelSwitch {
  current: LogLevel;
  rank: number;
}

/** pino copies the level into each child; here one switch governs the family, so a change reaches them all. */
class FamilyLogger implements Logger {
  readonly #sink: PinoLogger;
  readonly #switch: LevelSwitch;

  constructor(sink: PinoLogger, levelSwitch: LevelSwitch) {
    this.#sink = sink;
    this.#switch = levelSwitch;
  }

  get level(): string {
    return this.#switch.current;
  }

  set level(value: string) {
    const rank = (logLevels as readonly string[]).indexOf(value);
    const level = logLevels[rank];
    if (level === undefined) throw new RangeError(`unknown log level; known are: ${logLevels.join(', ')}`);
    this.#switch.current = level;
    this.#switch.rank = rank;
  }

  trace(fields: object, message: string): void {
    if (this.#switch.rank <= 0) this.#sink.trace(fields, message);
  }

  debug(fields: object, message: string): void {
    if (this.#switch.rank <= 1) this.#sink.debug(fields, message);
  }

  info(fields: object, message: string): void {
    if (this.#switch.rank <= 2) this.#sink.info(fields, message);
  }

  warn(fields: object, message: string): void {
    if (this.#switch.rank <= 3) this.#sink.warn(fields, message);
  }

  error(fields: object, message: string): void {
    if (this.#switch.rank <= 4) this.#sink.error(fields, message);
  }

  fatal(fields: object, message: string): void {
    if (this.#switch.rank <= 5) this.#sink.fatal(fields, message);
  }

  child(fields: Record<string, unknown>): Logger {
    return new FamilyLogger(this.#sink.child(fields), this.#switch);
  }
}

/** Lines to standard output: synchronous, so that they keep their order, none is lost, and a closed pipe holds up no exit. */
export function standardOutput(): LogOutput {
  return pino.destination({ dest: 1, sync: true });
}

/** Makes a JSON-lines logger with redaction; its level, and that of its children, can be changed at run time. */
export function createLogger(options: LoggerOptions): Logger {
  const level = options.level ?? 'info';
  const sink = pino(
    {
      level: 'trace',
      base: { service: options.service },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: redactedPaths, censor: '[REDACTED]' },
    },
    options.destination ?? standardOutput(),
  );
  return new FamilyLogger(sink, { current: level, rank: logLevels.indexOf(level) });
}
