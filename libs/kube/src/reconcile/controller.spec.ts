import { createLogger, createMetricsRegistry, systemClock } from '@meshery/observability';
import { Controller } from './controller.ts';
import { createReconcileMetrics } from './metrics.ts';
import { done } from './outcome.ts';
import type { Outcome } from './outcome.ts';
import { WorkQueue } from './work-queue.ts';

const never = 3_600_000;

/** A controller that works on one key, and when that work began. */
function controller(reconcile: (signal: AbortSignal) => Promise<Outcome>, drainMs: number) {
  const queue = new WorkQueue({ clock: systemClock, random: Math.random });
  const begun = Promise.withResolvers<AbortSignal>();
  const metrics = createReconcileMetrics(
    createMetricsRegistry({ service: 'test', version: '0', defaults: false }),
    'x',
    ['x'],
  );
  const made = new Controller({
    ...{ name: 'x', queue, metrics, clock: systemClock, workers: 2, resyncMs: never, timeoutMs: never, drainMs },
    logger: createLogger({ service: 'test', level: 'silent' }),
    reconcile: (_key, signal) => {
      begun.resolve(signal);
      return reconcile(signal);
    },
  });
  queue.add('key');
  return { begun: begun.promise, run: (stop: AbortSignal) => made.run(stop) };
}

test('what is under way when it shall stop goes on to its end, and then it has stopped', async () => {
  const work = Promise.withResolvers<Outcome>();
  const stop = new AbortController();
  let stopped = false;
  const { begun, run } = controller(() => work.promise, never);
  const running = run(stop.signal).then(() => {
    stopped = true;
  });
  const signal = await begun;
  stop.abort(new Error('the end'));
  await new Promise(setImmediate);
  expect([signal.aborted, stopped]).toEqual([false, false]);
  work.resolve(done);
  await running;
  expect(signal.aborted).toBe(false);
});

test('what does not end within the drain time is told to stop, with the reason', async () => {
  const stop = new AbortController();
  const { begun, run } = controller((signal) => {
    const { promise, reject } = Promise.withResolvers<Outcome>();
    signal.addEventListener('abort', () => {
      reject(signal.reason as Error);
    });
    return promise;
  }, 20);
  const running = run(stop.signal);
  const signal = await begun;
  stop.abort(new Error('the end'));
  await running;
  expect(signal.reason).toEqual(new Error('the end'));
});
