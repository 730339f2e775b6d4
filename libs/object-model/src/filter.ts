import { z } from 'zod';
import { catalogData } from './catalog.ts';
import { designVisibilities } from './design-record.ts';
import { freeForm, givenName, recordId } from './fields.ts';
import type { OwnedFields } from './fields.ts';

/** What somebody says about a new filter: a WebAssembly module for Envoy. */
export const filterDraft = z.object({
  name: givenName,
  organizationId: recordId,
  visibility: z.enum(designVisibilities).default('private'),
  /** The module, base64. */
  filterFile: z.base64(),
  /** What it is configured with, as text. */
  filterResource: z.string().default(''),
  location: freeForm,
  catalogData: catalogData.nullish().transform((data) => data ?? null),
});
/** See `filterDraft`. */
export type FilterDraft = z.output<typeof filterDraft>;

/** See `filterDraft`. */
export interface Filter extends OwnedFields, Omit<FilterDraft, 'organizationId'> {}
