/** Somewhere that lines of a log go. */
export interface LogOutput {
  write(line: string): void;
}

/**
 * Several outputs of one log. One that throws, such as a file on a full disk, is given up and the others are told:
 * losing a log never stops the work.
 */
export class LogOutputs implements LogOutput {
  readonly #outputs: Set<LogOutput>;

  constructor(...outputs: readonly LogOutput[]) {
    this.#outputs = new Set(outputs);
  }

  /** Sends what is logged from now on there as well. */
  add(output: LogOutput): void {
    this.#outputs.add(output);
  }

  write(line: string): void {
    for (const output of this.#outputs) {
      try {
        output.write(line);
      } catch (error) {
        this.#outputs.delete(output);
        this.#tell(error);
      }
    }
  }

  #tell(error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    const line = { level: 'error', time: new Date().toISOString(), reason, msg: 'an output of the log was given up' };
    this.write(`${JSON.stringify(line)}\n`);
  }
}
