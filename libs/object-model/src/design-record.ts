import { z } from 'zod';
import { catalogData } from './catalog.ts';
import { freeForm, givenName, recordId } from './fields.ts';
import type { OwnedFields } from './fields.ts';

/** Version of the form of a design file. */
export const designSchemaVersion = 'designs.meshery.io/v1beta3';

/** Who sees a design beside its owner: nobody, everybody in its organization, or everybody in the catalog. */
export const designVisibilities = ['private', 'public', 'published'] as const;

/** What a design was made from. */
export const designTypes = ['Design', 'Helm Chart', 'Docker Compose', 'Kubernetes Manifest'] as const;

const content = {
  visibility: z.enum(designVisibilities),
  /** The design itself as text, as its author wrote it. */
  patternFile: z.string(),
  designType: z.enum(designTypes),
  /** What it was made from, base64; empty for one that was written as a design. */
  sourceContent: z.base64(),
  /** Where it came from. */
  location: freeForm,
  /** What the catalog says of it; null while it is not published. */
  catalogData: catalogData.nullish().transform((data) => data ?? null),
};

/** What somebody says about a new design. */
export const designDraft = z.object({
  ...content,
  name: givenName,
  organizationId: recordId,
  visibility: content.visibility.default('private'),
  patternFile: content.patternFile.default(''),
  designType: content.designType.default('Design'),
  sourceContent: content.sourceContent.default(''),
});
/** See `designDraft`. */
export type DesignDraft = z.output<typeof designDraft>;

/** A design as it is kept: its file with what is known about it. */
export interface DesignRecord extends OwnedFields, Omit<DesignDraft, 'organizationId'> {
  readonly viewCount: number;
  readonly downloadCount: number;
  readonly cloneCount: number;
  readonly deploymentCount: number;
  readonly shareCount: number;
}

/** How often a new design was used. */
export const unusedDesign = {
  viewCount: 0,
  downloadCount: 0,
  cloneCount: 0,
  deploymentCount: 0,
  shareCount: 0,
} as const;

/** What may be changed of one; a design stays in its organization. */
export const designPatch = z.object({ ...content, name: givenName }).partial();
/** See `designPatch`. */
export type DesignPatch = z.output<typeof designPatch>;
