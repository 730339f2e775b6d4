import { Verdict } from '@meshery/contracts';
import type { Batch, BatchOutcome, IngestPort } from '@meshery/contracts';
import { Semaphore } from '@meshery/kube';
import { systemClock } from '@meshery/observability';
import { defaultDiscoveryConfig } from '../discovery-config.ts';
import { BatchSender } from './batch-sender.ts';

/** A far side that answers as told and remembers the sequences it stored. */
class FarSide {
  readonly stored: number[] = [];
  readonly began = new Set<number>();
  answer: (batch: Batch) => Promise<Verdict> = () => Promise.resolve(Verdict.VERDICT_COMMITTED);
  inFlight = 0;
  mostInFlight = 0;

  readonly port: IngestPort = {
    openRun: () => Promise.reject(new Error('not used')),
    controls: () => Promise.resolve(),
    send: async (batch) => {
      this.inFlight += 1;
      this.mostInFlight = Math.max(this.mostInFlight, this.inFlight);
      try {
        const verdict = await this.answer(batch);
        return this.#settle(batch, verdict);
      } finally {
        this.inFlight -= 1;
      }
    },
  };

  #settle(batch: Batch, verdict: Verdict): BatchOutcome {
    const { clusterId, incarnation, kind, sequence } = batch;
    const outcome = { clusterId, incarnation, kind, sequence, reason: '', expectedSequence: 0 };
    if (verdict !== Verdict.VERDICT_COMMITTED) return { ...outcome, verdict };
    const last = this.stored.at(-1) ?? 0;
    if (sequence <= last) return { ...outcome, verdict: Verdict.VERDICT_DUPLICATE };
    if (sequence !== last + 1 && batch.body?.$case !== 'snapshotBegin')
      return { ...outcome, verdict: Verdict.VERDICT_GAP };
    this.stored.push(sequence);
    return { ...outcome, verdict };
  }
}

function setup(far: FarSide) {
  const said = { gap: 0, parked: 0, superseded: 0, trouble: [] as (string | undefined)[] };
  const controller = new AbortController();
  const inFlight = new Semaphore(4);
  const sender = new BatchSender({
    port: far.port,
    clock: systemClock,
    random: () => 0.5,
    config: { ...defaultDiscoveryConfig, retryMinMs: 1, retryMaxMs: 5, batchesPerKind: 3 },
    clusterId: 'c',
    incarnation: 'i',
    kind: 'pods.v1.',
    inFlight,
    signal: controller.signal,
    events: {
      settled: () => undefined,
      gap: () => {
        said.gap += 1;
      },
      parked: () => {
        said.parked += 1;
      },
      superseded: () => {
        said.superseded += 1;
      },
      trouble: (error) => said.trouble.push(error?.message),
      broken: (error) => {
        throw error;
      },
    },
  });
  const changes = () => sender.push({ $case: 'changes', value: { objects: [], resourceVersion: '1' } }, 1);
  return { sender, said, controller, changes, inFlight };
}

describe('BatchSender', () => {
  test('numbers from 1 without gaps and bounds what is in flight', async () => {
    const far = new FarSide();
    far.answer = async () => {
      await systemClock.sleep(2);
      return Verdict.VERDICT_COMMITTED;
    };
    const { sender, changes } = setup(far);
    for (let i = 0; i < 20; i += 1) await changes();
    await sender.drained();
    expect(far.stored).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    expect(far.mostInFlight).toBe(3);
  });

  test('back-pressure: a push waits while nothing is confirmed', async () => {
    const far = new FarSide();
    const gate: PromiseWithResolvers<void> = Promise.withResolvers();
    far.answer = async () => {
      await gate.promise;
      return Verdict.VERDICT_COMMITTED;
    };
    const { sender, changes } = setup(far);
    await Promise.all([changes(), changes(), changes()]);
    let fourth = false;
    const waiting = changes().then(() => {
      fourth = true;
    });
    await systemClock.sleep(20);
    expect(fourth).toBe(false);
    gate.resolve();
    await waiting;
    await sender.drained();
    expect(far.stored).toEqual([1, 2, 3, 4]);
  });

  test.each([1, 2, 3])('sends again in order when send %i fails, also after it was stored', async (failing) => {
    for (const stored of [false, true]) {
      const far = new FarSide();
      let failures = 0;
      far.answer = async (batch) => {
        if (batch.sequence === failing && failures < 3) {
          failures += 1;
          if (stored && far.stored.at(-1) === failing - 1) far.stored.push(failing);
          throw new Error('connection lost');
        }
        return Promise.resolve(Verdict.VERDICT_COMMITTED);
      };
      const { sender, said, changes, inFlight } = setup(far);
      for (let i = 0; i < 8; i += 1) await changes();
      await sender.drained();
      expect(far.stored).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
      expect(failures).toBe(3);
      expect(said.trouble.at(-1)).toBeUndefined();
      expect(said.trouble).toContain('connection lost');
      expect(said.gap).toBe(0);
      expect(inFlight.free).toBe(4);
    }
  });

  test('asks for a snapshot when the far side misses what is gone, and sends nothing but that', async () => {
    const far = new FarSide();
    const { sender, said, changes, inFlight } = setup(far);
    await changes();
    await sender.drained();
    far.stored.length = 0;
    await changes();
    await sender.drained();
    await changes();
    await sender.drained();
    expect(said.gap).toBe(1);
    expect(far.stored).toEqual([]);
    await sender.push({ $case: 'snapshotBegin', value: {} }, 2);
    await changes();
    await sender.drained();
    expect(far.stored).toEqual([3, 4]);
    expect(inFlight.free).toBe(4);
  });

  test('goes on after a parked batch and tells it', async () => {
    const far = new FarSide();
    far.answer = () => Promise.resolve(Verdict.VERDICT_PARKED);
    const { sender, said, changes } = setup(far);
    await changes();
    await sender.drained();
    expect(said.parked).toBe(1);
  });

  test('tells that a newer run took over', async () => {
    const far = new FarSide();
    far.answer = () => Promise.resolve(Verdict.VERDICT_SUPERSEDED);
    const { sender, said, changes } = setup(far);
    await changes();
    await sender.drained();
    expect(said.superseded).toBe(1);
  });

  test('rejects waiting pushes when the run ends', async () => {
    const far = new FarSide();
    far.answer = () => new Promise(() => undefined);
    const { controller, changes } = setup(far);
    await Promise.all([changes(), changes(), changes()]);
    const waiting = changes();
    controller.abort(new Error('over'));
    await expect(waiting).rejects.toThrow('over');
  });
});
