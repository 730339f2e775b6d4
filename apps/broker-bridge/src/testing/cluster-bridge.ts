import { Semaphore } from '@meshery/kube';
import { Registry, createLogger, systemClock } from '@meshery/observability';
import type { Clock } from '@meshery/observability';
import { waitUntil } from '@meshery/testing';
import { monotonicFactory } from 'ulid';
import { Bridge } from '../bridge.ts';
import { createBridgeMetrics } from '../bridge-metrics.ts';
import type { BridgeMetrics } from '../bridge-metrics.ts';
import type { ClusterList } from '../clusters/cluster-entry.ts';
import { ClusterSource } from '../clusters/cluster-source.ts';
import { KubeconfigFolder } from '../clusters/kubeconfig-folder.ts';
import type { LinkStatus } from '../link/link-status.ts';
import type { StoreServer } from './store-server.ts';
import { wholeShare } from '../sharing/link-share.ts';

const logger = createLogger({ service: 'test', level: 'silent' });
const nextId = monotonicFactory();

/** What a test may change. */
export interface ClusterBridgeOptions {
  readonly namespace?: string;
  readonly mayForward?: boolean;
}

/** A bridge whose links come from clusters. */
export class ClusterBridge {
  readonly bridge: Bridge;
  readonly registry = new Registry();
  /** Of everything that follows clusters. */
  longestSleepMs = 0;
  readonly #metrics: BridgeMetrics;

  constructor(lists: readonly ClusterList[], server: StoreServer, options: ClusterBridgeOptions = {}) {
    const { namespace = 'meshery', mayForward = false } = options;
    this.#metrics = createBridgeMetrics(this.registry);
    const clock: Clock = {
      ...systemClock,
      sleep: (ms, signal) => {
        this.longestSleepMs = Math.max(this.longestSleepMs, ms);
        return systemClock.sleep(ms, signal);
      },
    };
    const shared = {
      clock,
      logger,
      random: Math.random,
      namespace,
      vantage: { mayForward, probeMs: 5000 },
      first: new Semaphore(4),
      again: new Semaphore(4),
    };
    this.bridge = new Bridge({
      sources: lists.map((list) => new ClusterSource(list, shared)),
      share: wholeShare,
      server: { address: server.address },
      limits: { gapWaitMs: 500, quietMs: 700, maxInFlight: 64 },
      clock: systemClock,
      logger,
      metrics: this.#metrics,
      ids: () => nextId(Date.now()),
    });
    this.bridge.start();
  }

  link(name: string): LinkStatus | undefined {
    return this.bridge.statuses().find((status) => status.name === name);
  }

  /** Resolves when the link has its broker and the server. */
  async connected(name: string): Promise<LinkStatus | undefined> {
    const explain = (): string => JSON.stringify([this.bridge.statuses(), ...this.bridge.conditions()]);
    await waitUntil({ what: `the link ${name}`, timeoutMs: 60_000, explain }, () => {
      const { brokerConnected = false, serverAnswers = false } = this.link(name) ?? {};
      return brokerConnected && serverAnswers;
    });
    return this.link(name);
  }

  /** Resolves when a file, cluster or link has a condition with this code; undefined: when it has none. */
  async condition(name: string, code: string | undefined): Promise<string> {
    const explain = (): string => JSON.stringify([...this.bridge.conditions()]);
    const found = () => this.bridge.conditions().get(name);
    await waitUntil({ what: `${name}: ${String(code)}`, timeoutMs: 60_000, explain }, () => found()?.code === code);
    return found()?.reason ?? '';
  }

  async metrics(): Promise<string> {
    this.#metrics.observe(this.bridge.statuses(), this.bridge.conditions().values());
    return this.registry.metrics();
  }
}

/** A folder of kubeconfigs, looked at often. */
export function kubeconfigs(path: string): ClusterList {
  return new KubeconfigFolder({ path, clock: systemClock, logger, pollMs: 200 });
}
