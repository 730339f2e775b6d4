import { systemClock } from '@meshery/observability';
import { ObjectReconciler } from './object-reconciler.ts';
import type { ConditionedObject, ObjectReconcilerOptions } from './object-reconciler.ts';

const metadata = { name: 'a', namespace: 'b', uid: 'u', generation: 3 };
const object: ConditionedObject = { apiVersion: 'v1', kind: 'Gadget', metadata };

test('steps that take too long are said in the status, not only in the log', async () => {
  const patches: unknown[] = [];
  const reconciler = new ObjectReconciler({
    watch: { get: () => object, adopt: () => undefined },
    client: { patch: (...args: readonly unknown[]) => Promise.resolve(patches.push(args[2])) },
    recorder: { record: () => Promise.resolve() },
    clock: systemClock,
    context: () => undefined,
    steps: [{ name: 'endless', run: (_: unknown, signal: AbortSignal) => untilAborted(signal) }],
    stepsMs: 20,
    findings: () => ({ status: {}, conditions: [] }),
    finalizers: [],
  } as unknown as ObjectReconcilerOptions<ConditionedObject, undefined>);
  const { signal } = new AbortController();
  expect(await reconciler.reconcile('b/a', signal)).toMatchObject({ type: 'failed', reason: 'TimedOut' });
  const degraded = { type: 'Degraded', status: 'True', reason: 'TimedOut', observedGeneration: 3 };
  expect(patches).toMatchObject([
    {
      subresource: 'status',
      patch: { status: { conditions: expect.arrayContaining([expect.objectContaining(degraded)]) as unknown } },
    },
  ]);
});

function untilAborted(signal: AbortSignal): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  signal.addEventListener('abort', () => {
    reject(signal.reason as Error);
  });
  return promise;
}
