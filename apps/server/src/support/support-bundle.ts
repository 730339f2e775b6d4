import { arch, platform, release } from 'node:os';
import type { Clock, RecentLines, RequestContext } from '@meshery/observability';
import { redactText, redactValue } from '@meshery/security';
import type { ReadinessRegistry } from '@meshery/service';
import type { InventoryStore, UserStore } from '@meshery/store';
import type { BuildInfo } from '../admin/build-info.ts';
import type { ServerConfig } from '../config.ts';
import type { ControllerSource } from '../controllers/controller-facts.ts';
import type { Operations } from '../operations/operations.ts';
import { shownConfig } from './shown-config.ts';
import { clusterFacts, controllerFacts, operationFacts } from './support-facts.ts';
import { tarGz } from './tar-gz.ts';

/** What a bundle is made of. */
export interface SupportBundleParts {
  readonly config: ServerConfig;
  readonly build: BuildInfo;
  readonly clock: Clock;
  readonly readiness: ReadinessRegistry;
  readonly inventory: InventoryStore;
  readonly userData: UserStore;
  readonly controllers: ControllerSource;
  readonly operations: Operations;
  readonly recent: RecentLines;
}

const mostClusters = 50;
const mostOperations = 50;

/** What somebody who helps needs to know of a server: no credential, and nothing that users made. */
export class SupportBundle {
  readonly #parts: SupportBundleParts;

  constructor(parts: SupportBundleParts) {
    this.#parts = parts;
  }

  /** A compressed archive; a few megabytes at most. Rejects as the stores do. */
  async make(ctx: RequestContext): Promise<Buffer> {
    const { clock, config, recent } = this.#parts;
    const [health, stores, clusters, operations] = await Promise.all([
      this.#health(),
      this.#stores(),
      this.#clusters(ctx),
      this.#operations(ctx),
    ]);
    const facts = { about: this.#about(), configuration: shownConfig(config), health, stores, clusters, operations };
    const files = Object.entries(facts).map(([name, value]) => [`${name}.json`, pretty(value)] as const);
    ctx.logger.info({}, 'support bundle made');
    return tarGz(
      { ...Object.fromEntries(files), 'log.jsonl': recent.lines.map(shownLine).join('') },
      new Date(clock.now()),
    );
  }

  #about(): object {
    const { build, clock } = this.#parts;
    const system = { node: process.version, platform: platform(), release: release(), arch: arch() };
    const uptimeSeconds = Math.round(process.uptime());
    return {
      ...build,
      madeAt: new Date(clock.now()).toISOString(),
      ...system,
      uptimeSeconds,
      memory: process.memoryUsage(),
    };
  }

  async #health(): Promise<object> {
    const { readiness, inventory } = this.#parts;
    return { readiness: await readiness.report(), inventory: inventory.health() };
  }

  async #stores(): Promise<object> {
    const { inventory, userData } = this.#parts;
    const [discovered, made] = await Promise.all([inventory.tables(), userData.tables()]);
    return { inventory: discovered, userData: { tables: made, migrations: userData.migrations } };
  }

  async #clusters(ctx: RequestContext): Promise<object> {
    const { inventory, controllers } = this.#parts;
    const all = await inventory.clusters();
    const told = all.slice(0, mostClusters);
    const states = await Promise.all(told.map(({ id }) => controllerFacts(ctx, controllers, id)));
    return { count: all.length, clusters: told.map(clusterFacts), controllers: states };
  }

  async #operations(ctx: RequestContext): Promise<object> {
    const query = { page: 0, pageSize: mostOperations };
    const { items, totalCount } = await this.#parts.operations.page(ctx, { state: 'failed' }, query);
    return { failed: totalCount, newest: items.map(operationFacts) };
  }
}

function pretty(value: unknown): string {
  return `${JSON.stringify(redactValue(value), undefined, 2)}\n`;
}

function shownLine(line: string): string {
  try {
    return `${JSON.stringify(redactValue(JSON.parse(line)))}\n`;
  } catch {
    return redactText(line);
  }
}
