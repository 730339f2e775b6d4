import type { ConfigFields } from '@meshery/config';
import { z } from 'zod';

/** Settings of the servers of metrics. */
export const telemetryFields = {
  telemetryPollMs: {
    schema: z.coerce.number().int().min(1).max(86_400_000).default(10_000),
    env: 'MESHERY_TELEMETRY_POLL_MS',
    description: 'pause between two tests of a Prometheus server whose metrics are shown',
  },
} as const satisfies ConfigFields;
