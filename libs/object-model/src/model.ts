import { z } from 'zod';
import { categoryName } from './category.ts';
import { freeForm } from './fields.ts';
import type { RecordFields } from './fields.ts';
import { definedVersion, definitionVersion } from './registry-fields.ts';
import { subCategoryName } from './subcategory.ts';

/** Version of the form of a model. */
export const modelSchemaVersion = 'models.meshery.io/v1beta2';

/** Whether a model and what is in it is offered. */
export const modelStatus = z.enum(['enabled', 'ignored', 'duplicate']);

/** What a model is called by programs. */
export const modelName = z
  .string()
  .max(256)
  .regex(/^[a-z0-9-]+$/, 'may have small letters, digits and dashes only');

/** What somebody says about a new model: a technology with its components and their relationships. */
export const modelDraft = z.object({
  name: modelName,
  displayName: z
    .string()
    .max(100)
    .regex(/^[a-zA-Z0-9 ]+$/, 'may have letters, digits and blanks only'),
  description: z.string().max(1000).default(''),
  version: definitionVersion,
  modelVersion: definedVersion,
  category: categoryName,
  subCategory: subCategoryName,
  status: modelStatus.default('enabled'),
  metadata: freeForm,
});
/** See `modelDraft`. */
export type ModelDraft = z.output<typeof modelDraft>;

/** See `modelDraft`. */
export interface Model extends RecordFields, Omit<ModelDraft, 'category'> {
  readonly registrantId: string;
  readonly categoryId: string;
}
