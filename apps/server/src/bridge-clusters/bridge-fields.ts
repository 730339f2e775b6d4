import type { ConfigFields } from '@meshery/config';
import { z } from 'zod';

/** Settings of what bridges are told. */
export const bridgeFields = {
  bridgeLeaseMs: {
    schema: z.coerce.number().int().min(1000).max(600_000).default(15_000),
    env: 'MESHERY_BRIDGE_LEASE_MS',
    description:
      'time after which clusters of a bridge, or twice that, of a server that is gone, are given to another one',
  },
} as const satisfies ConfigFields;
