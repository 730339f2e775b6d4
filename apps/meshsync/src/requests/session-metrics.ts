import { Counter, Gauge } from '@meshery/observability';
import type { Registry } from '@meshery/observability';
import { endReasons } from './session-table.ts';
import type { SessionMetrics } from './session-table.ts';

/** Metrics of sessions, at zero from the beginning. */
export function createSessionMetrics(registry: Registry): SessionMetrics {
  const registers = [registry];
  const open = new Gauge({
    name: 'meshery_meshsync_sessions',
    help: 'Logs and terminals that are open.',
    labelNames: ['kind'],
    registers,
  });
  const ended = new Counter({
    name: 'meshery_meshsync_sessions_ended_total',
    help: 'Logs and terminals that ended, by reason.',
    labelNames: ['kind', 'reason'],
    registers,
  });
  for (const kind of ['logs', 'exec']) {
    open.set({ kind }, 0);
    for (const reason of endReasons) ended.inc({ kind, reason }, 0);
  }
  return {
    opened: (kind) => {
      open.inc({ kind });
    },
    ended: (kind, reason) => {
      open.dec({ kind });
      ended.inc({ kind, reason });
    },
  };
}
