import { toMesheryError } from '@meshery/errors';
import { z } from 'zod';
import { inParallel } from '../kubernetes/in-parallel.ts';

const atOnce = 8;
const moment = z.union([z.string().min(1).max(64), z.number()]).transform(String);
const base = { id: z.string().min(1).max(200), query: z.string().min(1).max(4096) };

function batchOf<Query extends z.ZodType>(query: Query) {
  return z.object({ start: moment, end: moment, step: moment, queries: z.array(query).min(1).max(200) });
}

/** Queries of one range that a Prometheus is asked together. */
export const prometheusBatch = batchOf(z.object(base));

/** Queries of one range that the data sources of a Grafana are asked together. */
export const grafanaBatch = batchOf(z.object({ ...base, ds: z.string().min(1).max(200) }));

/** What became of one query: what was answered, or why not. */
export interface BatchResult {
  readonly id: string;
  readonly response?: unknown;
  readonly error?: string;
}

/** Asks several queries; one that fails costs the others nothing. */
export async function askAll<Query extends { readonly id: string }>(
  queries: readonly Query[],
  ask: (query: Query) => Promise<string>,
): Promise<{ readonly results: readonly BatchResult[] }> {
  const results = await inParallel(queries, atOnce, async (query): Promise<BatchResult> => {
    const { id } = query;
    return ask(query).then(
      (text) => ({ id, response: JSON.parse(text) as unknown }),
      (thrown: unknown) => ({ id, error: toMesheryError(thrown).message }),
    );
  });
  return { results };
}
