import type { Operation, OperationState, OperationTarget } from '@meshery/object-model';

/** What long work says about itself while it runs. */
export interface OperationHandle {
  readonly id: string;
  /** Aborts when the operation is cancelled, or the server shuts down. */
  readonly signal: AbortSignal;
  /** Per cent that are done, 0 to 100. */
  progress(percent: number): void;
  /** Where one of its targets stands. */
  target(id: string, state: OperationState, message?: string): void;
}

type Progress = Pick<Operation, 'progress' | 'targets'>;

/** An operation of this process: keeps what the work says, the newest only while an earlier word is still written. */
export class RunningOperation implements OperationHandle {
  readonly id: string;
  /** The work with its end; set once it runs. */
  finished: Promise<void> = Promise.resolve();
  readonly #abort = new AbortController();
  readonly #save: (progress: Progress) => Promise<void>;
  #progress: Progress;
  #isSaved = true;
  #saving: Promise<void> | undefined;

  constructor({ id, progress, targets }: Operation, save: (progress: Progress) => Promise<void>) {
    this.id = id;
    this.#progress = { progress, targets };
    this.#save = save;
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  get targets(): readonly OperationTarget[] {
    return this.#progress.targets;
  }

  abort(reason: Error): void {
    this.#abort.abort(reason);
  }

  progress(percent: number): void {
    const progress = Math.max(0, Math.min(100, Math.round(percent)));
    this.#set({ ...this.#progress, progress });
  }

  target(id: string, state: OperationState, message = ''): void {
    const targets = this.targets.map((target) => (target.id === id ? { ...target, state, message } : target));
    this.#set({ ...this.#progress, targets });
  }

  /** Resolves when nothing is being written any more. */
  async settled(): Promise<void> {
    while (this.#saving !== undefined) await this.#saving;
  }

  #set(progress: Progress): void {
    this.#progress = progress;
    this.#isSaved = false;
    this.#saving ??= this.#saveAll();
  }

  async #saveAll(): Promise<void> {
    while (!this.#isSaved) {
      this.#isSaved = true;
      await this.#save(this.#progress);
    }
    this.#saving = undefined;
  }
}
