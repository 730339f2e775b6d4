import { Verdict } from '@meshery/contracts';
import { Counter, Gauge } from '@meshery/observability';
import type { Registry } from '@meshery/observability';
import type { LinkStatus } from './link/cluster-link.ts';

/** Metrics of the bridge; one per process. */
export interface BridgeMetrics {
  outcome(link: string, verdict: number): void;
  parked(link: string, reason: string): void;
  /** Called before a scrape. */
  observe(statuses: readonly LinkStatus[], badFiles: number): void;
}

const verdictNames: ReadonlyMap<number, string> = new Map(
  Object.entries(Verdict).map(([name, value]) => [value, name.replace('VERDICT_', '').toLowerCase()]),
);

/** Makes the metrics, in one registry. */
export function createBridgeMetrics(registry: Registry): BridgeMetrics {
  const registers = [registry];
  const counter = (name: string, help: string, label: string): Counter =>
    new Counter({ name, help, labelNames: ['link', label], registers });
  const outcomes = counter('meshery_bridge_batches_total', 'Batches by what the server said.', 'verdict');
  const parked = counter('meshery_bridge_parked_total', 'Messages kept aside, by reason.', 'reason');
  return {
    outcome: (link, verdict) => {
      outcomes.inc({ link, verdict: verdictNames.get(verdict) ?? 'unknown' });
    },
    parked: (link, reason) => {
      parked.inc({ link, reason });
    },
    observe: linkGauges(registry),
  };
}

function linkGauges(registry: Registry): BridgeMetrics['observe'] {
  const registers = [registry];
  const gauge = (name: string, help: string): Gauge => new Gauge({ name, help, labelNames: ['link'], registers });
  const connected = gauge('meshery_bridge_broker_connected', 'Whether the broker is connected.');
  const answers = gauge('meshery_bridge_server_answers', 'Whether the server answers.');
  const unsettled = gauge('meshery_bridge_unsettled_messages', 'Messages taken and not yet settled.');
  const heldBytes = gauge('meshery_bridge_incomplete_bytes', 'Bytes of incomplete messages.');
  const slowDrops = gauge('meshery_bridge_slow_drops', 'Published messages dropped because the server was too slow.');
  const name = 'meshery_bridge_bad_connection_files';
  const badFiles = new Gauge({ name, help: 'Connection files of no use.', registers });
  return (statuses, bad) => {
    badFiles.set(bad);
    for (const status of statuses) {
      const { name: link } = status;
      connected.set({ link }, Number(status.brokerConnected));
      answers.set({ link }, Number(status.serverAnswers));
      unsettled.set({ link }, status.unsettled);
      heldBytes.set({ link }, status.heldBytes);
      slowDrops.set({ link }, status.slowDrops);
    }
  };
}
