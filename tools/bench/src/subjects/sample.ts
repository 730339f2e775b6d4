import type { Used } from '../measure/usage.ts';

/** One measured run of one subject. */
export interface Sample {
  readonly seconds: number;
  /** CPU and memory of every process that took part. */
  readonly processes: Readonly<Record<string, Used>>;
  /** Everything that was wrong about the result. */
  readonly problems: readonly string[];
}
