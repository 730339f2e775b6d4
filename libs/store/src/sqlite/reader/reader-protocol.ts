import type { HeavyAnswers, HeavyQuery } from './reader-queries.ts';

/** What a reader thread is started with. */
export interface ReaderData {
  readonly file: string;
  readonly busyTimeoutMs: number;
  readonly cacheBytes: number;
  /** Of the thread, 0 (as the process) to 19; kept on Linux, where threads have one. */
  readonly niceness: number;
}

/** A heavy query and its number. */
export interface ReaderRequest {
  readonly id: number;
  readonly query: HeavyQuery;
}

/** Its answer, or how SQLite failed. */
export type ReaderReply =
  | { readonly id: number; readonly answer: HeavyAnswers[HeavyQuery['type']] }
  | { readonly id: number; readonly failed: { readonly code: string; readonly message: string } };
