import { LogLevels } from '@meshery/observability';
import type { Logger } from '@meshery/observability';

/** One line as it was logged. */
export interface LoggedLine {
  readonly level: string;
  readonly fields: object;
  readonly message: string;
}

/** A logger that keeps its lines, for tests that prove what a person would see. */
export function keepingLogger(lines: LoggedLine[] = []): Logger {
  const at =
    (level: string) =>
    (fields: object, message: string): void => {
      lines.push({ level, fields, message });
    };
  const logger: Logger = {
    level: 'info',
    levels: new LogLevels('info'),
    trace: at('trace'),
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    fatal: at('fatal'),
    child: () => logger,
  };
  return logger;
}
