import type { Logger } from '@meshery/observability';

/** How the log of a store is copied back. */
export interface LogCopyParts {
  readonly logger: Logger;
  /** Copies it on a thread that nobody waits for. */
  readonly copy: () => Promise<unknown>;
  /** Has what was copied cut. */
  readonly cut: () => void;
  readonly isClosed: () => boolean;
}

/** Copies a large WAL back, one time after the other. */
export class LogCopy {
  private readonly parts: LogCopyParts;
  private running: Promise<void> | undefined;

  constructor(parts: LogCopyParts) {
    this.parts = parts;
  }

  /** Begins unless it is under way. */
  begin(): void {
    this.running ??= this.run();
  }

  private async run(): Promise<void> {
    const { copy, cut, isClosed, logger } = this.parts;
    try {
      await copy();
      cut();
    } catch (error) {
      if (!isClosed()) logger.warn({ error: String(error) }, 'the log was not copied back yet');
    } finally {
      this.running = undefined;
    }
  }
}
