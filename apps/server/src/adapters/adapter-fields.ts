import type { ConfigFields } from '@meshery/config';
import { z } from 'zod';
import { parsePlace } from './adapter-place.ts';

/** Settings of the adapters that this server uses. */
export const adapterFields = {
  adapters: {
    schema: z
      .string()
      .default('')
      .transform((value) => value.split(/[\s,]+/).filter((part) => part !== ''))
      .refine((places) => places.every((place) => parsePlace(place) !== undefined), {
        error: 'has an entry that is not HOST:PORT',
      }),
    env: 'ADAPTER_URLS',
    description: 'adapters to use, HOST:PORT with commas or spaces in between',
  },
  adaptersPollMs: {
    schema: z.coerce.number().int().min(1).max(86_400_000).default(10_000),
    env: 'MESHERY_ADAPTERS_POLL_MS',
    description: 'pause between two tests of an adapter that is connected',
  },
  adapterImages: {
    schema: z.string().min(1).default('localhost/meshery-ts'),
    env: 'MESHERY_ADAPTER_IMAGES',
    description: 'where the images of adapters are that this server deploys',
  },
  impersonationPrefix: {
    schema: z
      .string()
      .regex(/^(?!system:)[\w.-]+:$/, { error: 'is not a name with a colon at its end, or is the one of Kubernetes' })
      .optional(),
    env: 'MESHERY_KUBERNETES_IMPERSONATION',
    placeholder: 'PREFIX:',
    description: 'have clusters decide by the rights of the user who causes a request, named with this prefix',
  },
} as const satisfies ConfigFields;
