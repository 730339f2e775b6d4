import { z } from 'zod';
import { recordId } from './fields.ts';

const maxItems = 1000;
const refs = z.array(z.array(z.string().max(1024)).max(100)).max(maxItems);

/** What is written where: `mutatorRef[n]` supplies the value of `mutatedRef[n]`; `_` in a path means every element. */
const patch = z.object({
  patchStrategy: z.enum(['merge', 'strategic', 'add', 'remove', 'copy', 'move', 'test']).optional(),
  mutatorRef: refs.optional(),
  mutatedRef: refs.optional(),
});

const matchItem = z.object({
  id: recordId.optional(),
  kind: z.string().max(256),
  mutatorRef: refs.optional(),
  mutatedRef: refs.optional(),
});

/** One end of a relationship: the components that it takes. */
export const selectorItem = z.object({
  id: recordId.optional(),
  kind: z.string().max(256).optional(),
  model: z.record(z.string(), z.unknown()).optional(),
  match: z
    .object({
      refs: refs.optional(),
      from: z.array(matchItem).max(maxItems).optional(),
      to: z.array(matchItem).max(maxItems).optional(),
    })
    .optional(),
  matchStrategyMatrix: refs.optional(),
  patch: patch.optional(),
});

/** Both ends of a relationship. */
export const selector = z.object({
  from: z.array(selectorItem).max(maxItems),
  to: z.array(selectorItem).max(maxItems),
});

/** Which pairs of components a relationship is for, and which not. */
export const selectors = z
  .array(z.object({ allow: selector, deny: selector.optional() }))
  .max(maxItems)
  .default([]);
/** See `selectors`. */
export type Selectors = z.output<typeof selectors>;
