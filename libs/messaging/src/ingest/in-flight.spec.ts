import { InFlight } from './in-flight.ts';

const signal = new AbortController().signal;

test('admits in order, within count and bytes', async () => {
  const bound = new InFlight(2, 100);
  const order: string[] = [];
  await bound.enter(90, signal);
  const second = bound.enter(50, signal).then(() => order.push('second'));
  const third = bound.enter(1, signal).then(() => order.push('third'));
  await Promise.resolve();
  expect(order).toEqual([]);
  bound.leave(90);
  await Promise.all([second, third]);
  expect(order).toEqual(['second', 'third']);
  expect([bound.count, bound.bytes]).toEqual([2, 51]);
});

test('a single item larger than the bound passes alone', async () => {
  const bound = new InFlight(2, 10);
  await bound.enter(1000, signal);
  expect(bound.bytes).toBe(1000);
});

test('who leaves the queue lets the next one pass', async () => {
  const bound = new InFlight(10, 100);
  await bound.enter(60, signal);
  const leaver = new AbortController();
  const large = bound.enter(90, leaver.signal);
  const small = bound.enter(10, signal);
  leaver.abort(new Error('left'));
  await expect(large).rejects.toThrow('left');
  await small;
  expect(bound.bytes).toBe(70);
});
