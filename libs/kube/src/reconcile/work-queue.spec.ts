import { systemClock } from '@meshery/observability';
import { WorkQueue } from './work-queue.ts';

const { signal } = new AbortController();

function queue(): WorkQueue {
  return new WorkQueue({ clock: systemClock, random: () => 0, backoff: { minMs: 20, maxMs: 80 } });
}

test('a key that is added often waits once', async () => {
  const work = queue();
  for (const key of ['a', 'b', 'a', 'a']) work.add(key);
  expect([await work.take(signal), await work.take(signal), work.depth]).toEqual(['a', 'b', 0]);
});

test('a key is not given to two workers, and comes again when it was added during its work', async () => {
  const work = queue();
  work.add('a');
  const taken = await work.take(signal);
  work.add('a');
  expect(work.depth).toBe(0);
  work.done(taken);
  expect(await work.take(signal)).toBe('a');
});

test('every waiting worker gets a key', async () => {
  const work = queue();
  const workers = ['1', '2', '3'].map(() => work.take(signal));
  for (const key of ['a', 'b', 'c']) work.add(key);
  expect((await Promise.all(workers)).sort()).toEqual(['a', 'b', 'c']);
});

test('failures are retried ever later, until the key is forgotten', () => {
  const work = queue();
  expect([work.retry('a'), work.retry('a'), work.retry('a'), work.retry('a')]).toEqual([10, 20, 40, 40]);
  work.forget('a');
  expect(work.retry('a')).toBe(10);
  expect(work.retry('a', 500)).toBe(500);
  work.clear();
});

test('a key that has to wait is not wanted sooner by others', async () => {
  const work = queue();
  work.retry('a', 60);
  work.add('a');
  expect(work.depth).toBe(0);
  expect(await work.take(signal)).toBe('a');
  work.done('a');
  work.retry('b', 60_000);
  work.forget('b');
  work.add('b');
  expect(work.depth).toBe(1);
  work.clear();
});

test('of two times the sooner counts, and taking the key clears what was planned', async () => {
  const work = queue();
  work.addAfter('a', 60_000);
  work.addAfter('a', 10);
  expect(await work.take(signal)).toBe('a');
  work.done('a');
  work.addAfter('b', 15);
  work.add('b');
  await work.take(signal);
  work.done('b');
  await systemClock.sleep(40);
  expect(work.depth).toBe(0);
  work.clear();
});

test('waiting ends with the signal', async () => {
  const stop = new AbortController();
  const waiting = queue().take(stop.signal);
  stop.abort(new Error('stopped'));
  await expect(waiting).rejects.toThrow('stopped');
});
