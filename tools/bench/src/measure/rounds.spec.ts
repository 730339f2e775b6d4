import { runRounds } from './rounds.ts';

test('runs in ABBA order and keeps the samples of each subject in order', async () => {
  const order: string[] = [];
  const subject = (name: string) => ({
    name,
    run: () => {
      order.push(name);
      return Promise.resolve(order.length);
    },
  });
  const samples = await runRounds([subject('a'), subject('b')], 3, () => undefined);
  expect(order.join('')).toBe('abbaab');
  expect(samples.get('a')).toEqual([1, 4, 5]);
  expect(samples.get('b')).toEqual([2, 3, 6]);
});
