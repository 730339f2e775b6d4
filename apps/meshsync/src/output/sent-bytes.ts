import { Counter } from '@meshery/observability';
import type { Registry } from '@meshery/observability';

/** Counts what was sent, whichever way. */
export function sentBytes(registry: Registry): Counter {
  return new Counter({
    name: 'meshery_meshsync_sent_bytes_total',
    help: 'Bytes of batches that were stored.',
    registers: [registry],
  });
}
