import type { LoggerService } from '@nestjs/common';
import type { Logger } from '@meshery/observability';

/**
 * Nest's log lines through our logger. Its own progress reports (modules and routes found) are debug lines: they tell
 * an operator nothing.
 */
export class NestLogger implements LoggerService {
  readonly #logger: Logger;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  log(message: unknown, ...rest: unknown[]): void {
    this.#logger.debug(fieldsOf(message, rest), textOf(message));
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.#logger.debug(fieldsOf(message, rest), textOf(message));
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.#logger.trace(fieldsOf(message, rest), textOf(message));
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.#logger.warn(fieldsOf(message, rest), textOf(message));
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.#logger.error(fieldsOf(message, rest), textOf(message));
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.#logger.fatal(fieldsOf(message, rest), textOf(message));
  }
}

/** Nest hands the context (a class name) as the last parameter, and a stack before it for errors. */
function fieldsOf(message: unknown, rest: readonly unknown[]): object {
  const context = rest.at(-1);
  const stack = rest.length > 1 ? rest[0] : undefined;
  return {
    ...(typeof context === 'string' ? { context } : {}),
    ...(typeof stack === 'string' ? { stack } : {}),
    ...(message instanceof Error ? { err: message } : {}),
  };
}

function textOf(message: unknown): string {
  if (message instanceof Error) return message.message;
  return typeof message === 'string' ? message : JSON.stringify(message);
}
