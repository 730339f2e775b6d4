import type { ConfigFields } from '@meshery/config';
import { z } from 'zod';

/** Settings of how clusters are discovered, and of the operator that the server deploys in them. */
export const operatorFields = {
  meshsyncMode: {
    schema: z.enum(['operator', 'embedded']).optional(),
    env: 'MESHERY_MESHSYNC_MODE',
    description:
      'how a cluster is discovered that says nothing else, else operator inside a cluster and embedded outside',
  },
  imageRegistry: {
    schema: z
      .string()
      .regex(/^[\w.-]+(:\d+)?(\/[\w.-]+)*$/, 'is not REGISTRY/PATH')
      .default('localhost/meshery-ts'),
    env: 'MESHERY_IMAGE_REGISTRY',
    description: 'registry and path of the images of the operator that the server deploys',
  },
  operatorPollMs: {
    schema: z.coerce.number().int().min(50).max(3_600_000).default(30_000),
    env: 'MESHERY_OPERATOR_POLL_MS',
    description: 'pause between two looks at an operator that the server deployed',
  },
} as const satisfies ConfigFields;
