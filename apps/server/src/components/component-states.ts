import { toMesheryError } from '@meshery/errors';
import type { Clock, Logger } from '@meshery/observability';
import type { ComponentSighting, ComponentTable } from '@meshery/store';

/** Pause between two writes while nothing but times is new. */
const everyMs = 5000;
/** How long the last write may take when the server stops. */
const lastWriteMs = 1000;
const dayMs = 86_400_000;
/** Components that are kept, and texts of what is noted of one. */
const maxKept = 1000;
const maxText = 500;

/** Kinds of Meshery's own components. */
export const componentKinds = [
  'adapter',
  'agent',
  'bridge',
  'broker',
  'discovery',
  'meshsync',
  'operator',
  'provider',
] as const;

/** One of them. */
export type ComponentKind = (typeof componentKinds)[number];

/** What is known of a component besides where it is. */
export interface ComponentFacts {
  readonly version?: string;
  readonly clusterId?: string;
}

/** What states are kept with. */
export interface ComponentStatesParts {
  readonly table: ComponentTable;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Days after which a component that nobody noted goes. */
  readonly days: number;
}

interface LastState {
  readonly isFailing: boolean;
  readonly errorCode: string;
  readonly version: string;
  readonly clusterId: string;
}

/**
 * Keeps what is noted of Meshery's own components, as often as one likes: news are written at once, times every few
 * seconds. Whoever notes waits for nothing.
 */
export class ComponentStates {
  readonly #parts: ComponentStatesParts;
  readonly #states = new Map<string, LastState>();
  /** In the order of their times: at most one of each component that was there, and one that failed. */
  #pending = new Map<string, ComponentSighting>();
  #news = new AbortController();
  #isTrouble = false;

  constructor(parts: ComponentStatesParts) {
    this.#parts = parts;
  }

  /** Notes that a component was there. */
  seen(kind: ComponentKind, location: string, facts: ComponentFacts = {}): void {
    this.#note({ kind, location: short(location), ...this.#base(facts) });
  }

  /** Notes that a component could not be used, and why. */
  failed(kind: ComponentKind, location: string, thrown: unknown, facts: ComponentFacts = {}): void {
    const { code, message } = toMesheryError(thrown);
    this.#note({ kind, location: short(location), ...this.#base(facts), error: { code, message: short(message) } });
  }

  /** Writes what is noted until the signal aborts, and then once more. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock } = this.#parts;
    while (!signal.aborted) {
      await clock.sleep(everyMs, AbortSignal.any([signal, this.#news.signal])).catch(() => undefined);
      this.#news = new AbortController();
      await this.#write(signal);
    }
    await this.#write(signal);
  }

  #base({ version = '', clusterId = '' }: ComponentFacts): Pick<ComponentSighting, 'version' | 'clusterId' | 'at'> {
    return { version: short(version), clusterId: short(clusterId), at: this.#parts.clock.now() };
  }

  #note(sighting: ComponentSighting): void {
    const component = `${sighting.kind} ${sighting.location}`;
    const key = `${component} ${String(sighting.error !== undefined)}`;
    const before = this.#pending.get(key);
    if (before === undefined && this.#pending.size >= 2 * maxKept) return;
    this.#pending.delete(key);
    const { version, clusterId } = sighting;
    this.#pending.set(key, {
      ...sighting,
      version: version === '' ? (before?.version ?? '') : version,
      clusterId: clusterId === '' ? (before?.clusterId ?? '') : clusterId,
    });
    if (this.#isNews(component, sighting)) this.#news.abort();
  }

  #isNews(component: string, { error, version, clusterId }: ComponentSighting): boolean {
    const last = this.#states.get(component);
    const state: LastState = {
      isFailing: error !== undefined,
      errorCode: error?.code ?? '',
      version: version === '' ? (last?.version ?? '') : version,
      clusterId: clusterId === '' ? (last?.clusterId ?? '') : clusterId,
    };
    // Whoever is forgotten here is written once more often than needed.
    if (this.#states.size >= maxKept && last === undefined) this.#states.clear();
    this.#states.set(component, state);
    return JSON.stringify(last) !== JSON.stringify(state);
  }

  /** What cannot be written waits; when the server stops, not for long. */
  async #write(signal: AbortSignal): Promise<void> {
    const { table, clock, logger, days } = this.#parts;
    const taken = this.#pending;
    if (taken.size === 0) return;
    this.#pending = new Map();
    const limits = { before: clock.now() - days * dayMs, keep: maxKept };
    const written = table.note([...taken.values()], limits);
    try {
      await Promise.race([written, stopped(clock, signal)]);
      this.#isTrouble = false;
    } catch (error) {
      this.#pending = new Map([...taken, ...this.#pending]);
      if (!this.#isTrouble) logger.warn({ err: error }, 'states of components cannot be written: they wait');
      this.#isTrouble = true;
    }
  }
}

/** Rejects some time after the signal aborted. */
async function stopped(clock: Clock, signal: AbortSignal): Promise<never> {
  await new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    else signal.addEventListener('abort', resolve, { once: true });
  });
  await clock.sleep(lastWriteMs, new AbortController().signal);
  throw new Error('the server stops');
}

/** Peers send these texts: they are cut, and hold nothing that a database refuses. */
function short(text: string): string {
  return text.replaceAll('\0', '').slice(0, maxText);
}
