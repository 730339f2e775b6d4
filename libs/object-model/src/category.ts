import { z } from 'zod';
import type { RecordFields } from './fields.ts';

/** Names of the categories of models: a closed list, as published. */
export const categoryNames = [
  'Analytics',
  'App Definition and Development',
  'Cloud Native Network',
  'Cloud Native Storage',
  'Database',
  'Machine Learning',
  'Observability and Analysis',
  'Orchestration & Management',
  'Platform',
  'Provisioning',
  'Runtime',
  'Security & Compliance',
  'Serverless',
  'Tools',
  'Uncategorized',
] as const;

/** See `categoryNames`; what names none is in the last one. */
export const categoryName = z.enum(categoryNames).default('Uncategorized');

/** What models are about. */
export interface Category extends RecordFields {
  readonly name: (typeof categoryNames)[number];
  readonly metadata: Readonly<Record<string, unknown>>;
}
