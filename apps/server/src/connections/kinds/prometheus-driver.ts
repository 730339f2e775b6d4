import { MesheryError } from '@meshery/errors';
import type { Connection } from '@meshery/object-model';
import { backgroundContext } from '@meshery/observability';
import type { Clock, Logger, RequestContext } from '@meshery/observability';
import type { BeforeApplicationShutdown } from '@nestjs/common';
import { z } from 'zod';
import type { ServerConfig } from '../../config.ts';
import { panelsOf } from '../../telemetry/panels.ts';
import { healthKey } from '../cluster-links.ts';
import { FarSideHealth } from './far-side-health.ts';
import type { Health } from './far-side-health.ts';
import { OngoingTest } from './ongoing-test.ts';
import { ServerDriver, prometheus } from './server-driver.ts';
import type { ServerDriverParts } from './server-driver.ts';

const vector = z.object({
  status: z.literal('success'),
  data: z.object({ result: z.array(z.object({ value: z.tuple([z.number(), z.string()]) })) }),
});
const targets = z.object({
  status: z.literal('success'),
  data: z.object({ activeTargets: z.array(z.object({ scrapeInterval: z.string() })) }),
});

const testMs = 10_000;

/** What Prometheus servers are reached with. */
export interface PrometheusDriverParts extends ServerDriverParts {
  readonly config: Pick<ServerConfig, 'telemetryPollMs'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

type Facts = Readonly<Record<string, unknown>>;

interface Used {
  /** Where it is reached, and with what. */
  readonly way: string;
  readonly test: OngoingTest<Facts>;
}

/** Prometheus servers: those whose metrics are shown are tested all the time. */
export class PrometheusDriver extends ServerDriver implements BeforeApplicationShutdown {
  readonly #parts: PrometheusDriverParts;
  readonly #used = new Map<string, Used>();
  #isClosed = false;

  constructor(parts: PrometheusDriverParts) {
    super(prometheus, parts);
    this.#parts = parts;
  }

  override async start(connection: Connection): Promise<void> {
    const { id, url, credentialId, metadata } = connection;
    const way = JSON.stringify([url, credentialId]);
    const isWanted = panelsOf(metadata).length > 0 && !this.#isClosed;
    if (isWanted && this.#used.get(id)?.way === way) return;
    await this.stop(connection);
    if (!isWanted) return;
    const test = this.#testOf(connection);
    this.#used.set(id, { way, test });
    test.start();
  }

  override async stop({ id }: Pick<Connection, 'id'>): Promise<void> {
    const used = this.#used.get(id);
    this.#used.delete(id);
    await used?.test.stop();
  }

  override takeLeave(connection: Connection): Promise<() => Promise<void>> {
    return Promise.resolve(() => this.stop(connection));
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#used.keys()].map((id) => this.stop({ id })));
  }

  #testOf(connection: Connection): OngoingTest<Facts> {
    const { config, clock, logger } = this.#parts;
    const health = new FarSideHealth<Facts>({
      clock,
      logger: logger.child({ connection: connection.id }),
      before: connection.metadata[healthKey] as Health | undefined,
      keep: (found, facts) => this.#note(connection.id, { ...facts, [healthKey]: found }),
    });
    const probe = async (signal: AbortSignal): Promise<Facts> =>
      (await this.probe(this.#ownContext(signal), connection)).facts;
    return new OngoingTest({ clock, pollMs: config.telemetryPollMs, health, probe });
  }

  async #note(id: string, found: Facts): Promise<void> {
    const ctx = this.#ownContext(AbortSignal.timeout(testMs));
    await this.#parts.providers.of(ctx).connections.update(ctx, id, { metadata: found });
  }

  #ownContext(signal: AbortSignal): RequestContext {
    return backgroundContext(this.#parts.logger, signal, 'telemetry');
  }

  /** `vector(1)` answers, and the newest `up` is younger than two scrape intervals. */
  async check(ctx: RequestContext, connection: Connection): Promise<void> {
    const one = await this.#value(ctx, connection, 'vector(1)');
    if (one?.value !== 1) throw failed(connection, 'query', 'it answers no queries', 'Look at its log.');
    // Ages are told by its own clock: it is asked when, too.
    const newest = await this.#value(ctx, connection, 'max(timestamp(up))');
    const intervals = await this.#intervals(ctx, connection);
    if (newest === undefined || intervals.length === 0) {
      throw failed(connection, 'scrape', 'it scrapes nothing', 'Add a target to its scrape_configs.');
    }
    const [age, interval] = [newest.at - newest.value, Math.min(...intervals)];
    if (age < 2 * interval) return;
    const what = `its newest "up" is ${age.toFixed(1)} s old, and its targets are scraped every ${String(interval)} s`;
    throw failed(connection, 'scrape', what, 'Look at its load, and at the state of its targets (/targets).');
  }

  async #value(
    ctx: RequestContext,
    connection: Connection,
    query: string,
  ): Promise<{ readonly at: number; readonly value: number } | undefined> {
    const answer = await this.ask(ctx, connection, `/api/v1/query?query=${encodeURIComponent(query)}`);
    const [first] = vector.safeParse(answer).data?.data.result ?? [];
    return first === undefined ? undefined : { at: first.value[0], value: Number(first.value[1]) };
  }

  /** Of its targets, in seconds. */
  async #intervals(ctx: RequestContext, connection: Connection): Promise<readonly number[]> {
    const answer = await this.ask(ctx, connection, '/api/v1/targets?state=active');
    const active = targets.safeParse(answer).data?.data.activeTargets ?? [];
    return active.map(({ scrapeInterval }) => secondsOf(scrapeInterval)).filter((seconds) => seconds > 0);
  }
}

const units: Readonly<Record<string, number>> = {
  ms: 0.001,
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
  y: 31_536_000,
};

/** A duration as Prometheus writes it, e.g. "1m30s". */
function secondsOf(duration: string): number {
  const pieces = [...duration.matchAll(/(\d+)(ms|[smhdwy])/g)];
  return pieces.reduce((sum, [, count, unit = '']) => sum + Number(count) * (units[unit] ?? 0), 0);
}

function failed({ name }: Connection, step: string, what: string, remedy: string): MesheryError {
  return new MesheryError('meshery-connection-1705', `Prometheus "${name}" is not well: ${what}.`, {
    probableCause: 'It is overloaded, stopped scraping, or was set up without targets.',
    remedy,
    details: { step },
  });
}
