import { z } from 'zod';

const maxText = 4096;

/** What a catalog says about what was published into it. */
export const catalogData = z.object({
  publishedVersion: z.string().max(100).default(''),
  class: z.string().max(100).default(''),
  compatibility: z.array(z.string().max(100)).max(100).default([]),
  patternCaveats: z.string().max(maxText).default(''),
  patternInfo: z.string().max(maxText).default(''),
  type: z
    .enum([
      'Deployment',
      'Observability',
      'Resiliency',
      'Scaling',
      'Security',
      'Traffic-management',
      'Troubleshooting',
      'Workloads',
    ])
    .default('Deployment'),
  snapshotURL: z
    .array(z.url({ protocol: /^https?$/ }).max(2048))
    .max(20)
    .default([]),
});
/** See `catalogData`. */
export type CatalogData = z.output<typeof catalogData>;
