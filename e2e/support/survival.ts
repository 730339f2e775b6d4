import type { Oracle } from '@meshery/testing';
import type { Limits, Recorder, Recording } from './recorder.ts';

/** How a fault must have been seen. */
export interface Visibility {
  /**
   * One of the recorded conditions. `absorbed`: nothing is wrong at any time, so no condition may be raised.
   * `elsewhere`: the test itself looks at it, because it is not shown by the server.
   */
  readonly condition: RegExp | 'absorbed' | 'elsewhere';
  /** One of the recorded metrics. */
  readonly metric: RegExp;
  /** A log line. */
  readonly log: RegExp;
}

/** What must hold after a fault. */
export interface Survival {
  readonly fault: string;
  /** Faults that were really injected. */
  readonly injected: number;
  readonly oracle: Oracle;
  readonly recorder: Recorder;
  readonly visible: Visibility;
  readonly limits?: Partial<Limits>;
  /** From the end of the fault, or its detection, until the sets are equal. */
  readonly withinMs?: number;
}

const DEFAULT_LIMITS: Limits = { rssMb: 450, queued: 1_000, queuedBytes: 64 * 1024 * 1024 };
const DEFAULT_WITHIN_MS = 10_000;

/** Checks everything that every fault test checks; call it at the end of the fault. Prints the maxima. */
export async function expectSurvival(survival: Survival): Promise<Recording> {
  expect(survival.injected).toBeGreaterThan(0);
  const { tookMs, objects } = await survival.oracle.expectInSync(survival.withinMs ?? DEFAULT_WITHIN_MS);
  const recording = await survival.recorder.end();
  const maxima = Object.entries(recording.maxima).map(([name, value]) => `${name} ${value.toFixed(0)}`);
  process.stdout.write(
    `${survival.fault}: ${String(survival.injected)} faults injected, ${String(objects)} objects equal after ` +
      `${(tookMs / 1000).toFixed(1)} s; maxima: ${maxima.join(', ')}\n`,
  );
  expectVisible(recording, survival.visible);
  expectWithin(recording, { ...DEFAULT_LIMITS, ...survival.limits });
  return recording;
}

function expectVisible(recording: Recording, visible: Visibility): void {
  const conditions = [...recording.conditions].filter((text) => !/ (synced|syncing|in-sync|excluded)\//.test(text));
  if (visible.condition === 'absorbed') expect(conditions).toEqual([]);
  else if (visible.condition !== 'elsewhere')
    expect(conditions).toContainEqual(expect.stringMatching(visible.condition));
  expect([...recording.metrics]).toContainEqual(expect.stringMatching(visible.metric));
  const telling = recording.logs.split('\n').filter((line) => /"level":"(warn|error|info)"/.test(line));
  expect(telling).toContainEqual(expect.stringMatching(visible.log));
}

function expectWithin(recording: Recording, limits: Limits): void {
  for (const [name, value] of Object.entries(recording.maxima)) {
    const limit = limitOf(name, limits);
    if (value > limit) throw new Error(`${name} reached ${value.toFixed(0)}, over its limit of ${String(limit)}`);
  }
}

function limitOf(name: string, limits: Limits): number {
  if (name.endsWith(' rssMb')) return limits.rssMb;
  return name.endsWith('_bytes') ? limits.queuedBytes : limits.queued;
}
