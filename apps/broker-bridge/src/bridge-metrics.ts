import { Verdict } from '@meshery/contracts';
import { Counter, Gauge } from '@meshery/observability';
import type { Registry } from '@meshery/observability';
import type { LinkStatus } from './link/link-status.ts';
import type { SourceCondition } from './sources/link-source.ts';

/** Metrics of the bridge; one per process. */
export interface BridgeMetrics {
  outcome(link: string, verdict: number): void;
  parked(link: string, reason: string): void;
  /** Called before a scrape. */
  observe(statuses: readonly LinkStatus[], conditions: Iterable<SourceCondition>): void;
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
  const gauge = (name: string, help: string, label = 'link'): Gauge =>
    new Gauge({ name, help, labelNames: [label], registers });
  const connected = gauge('meshery_bridge_broker_connected', 'Whether the broker is connected.');
  const answers = gauge('meshery_bridge_server_answers', 'Whether the server answers.');
  const unsettled = gauge('meshery_bridge_unsettled_messages', 'Messages taken and not yet settled.');
  const heldBytes = gauge('meshery_bridge_incomplete_bytes', 'Bytes of incomplete messages.');
  const slowDrops = gauge('meshery_bridge_slow_drops', 'Published messages dropped because the server was too slow.');
  const bad = gauge('meshery_bridge_source_conditions', 'Files, clusters and brokers of no use, by reason.', 'reason');
  return (statuses, conditions) => {
    // Links and conditions that are gone must not be told of any more.
    for (const metric of [connected, answers, unsettled, heldBytes, slowDrops, bad]) metric.reset();
    for (const { code } of conditions) bad.inc({ reason: code });
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
