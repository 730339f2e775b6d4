import { pino } from 'pino';
import type { Logger as PinoLogger } from 'pino';
import { LogLevels } from './log-levels.ts';
import type { LevelSwitch, LogLevel } from './log-levels.ts';
import type { LogOutput } from './log-outputs.ts';

/** Structured logger: fields first, then a message in lower-case words. */
export interface Logger {
  /** The level of this logger; assigned, it is that of the whole family (parents, children) but for modules of their own. */
  level: string;
  /** The levels of the family, module by module. */
  readonly levels: LogLevels;
  trace(fields: object, message: string): void;
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
  fatal(fields: object, message: string): void;
  /** With the field `module` it is the logger of a module, and its children as well: they have one level. */
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

/** pino copies the level into each child; here one switch governs all of a module, so a change reaches them all. */
class FamilyLogger implements Logger {
  readonly levels: LogLevels;
  readonly #sink: PinoLogger;
  readonly #switch: LevelSwitch;

  constructor(sink: PinoLogger, levels: LogLevels, levelSwitch: LevelSwitch) {
    this.#sink = sink;
    this.levels = levels;
    this.#switch = levelSwitch;
  }

  get level(): string {
    return this.#switch.level;
  }

  set level(value: string) {
    this.levels.setDefault(value);
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
    const { module } = fields;
    const levelSwitch = typeof module === 'string' ? this.levels.switchOf(module) : this.#switch;
    return new FamilyLogger(this.#sink.child(fields), this.levels, levelSwitch);
  }
}

/** Lines to standard output: synchronous, so that they keep their order, none is lost, and a closed pipe holds up no exit. */
export function standardOutput(): LogOutput {
  return pino.destination({ dest: 1, sync: true });
}

/** Makes a JSON-lines logger with redaction; its level, and that of its children, can be changed at run time. */
export function createLogger(options: LoggerOptions): Logger {
  const levels = new LogLevels(options.level ?? 'info');
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
  return new FamilyLogger(sink, levels, levels.switchOf());
}
