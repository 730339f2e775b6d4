import { KeyedQueue } from './keyed-queue.ts';

test('work for one key goes one after the other, whatever became of the work before', async () => {
  const queue = new KeyedQueue();
  const seen: string[] = [];
  const gate = Promise.withResolvers<undefined>();
  const first = queue.run('a', async () => {
    seen.push('first begins');
    await gate.promise;
    seen.push('first fails');
    throw new Error('no');
  });
  const second = queue.run('a', () => Promise.resolve(seen.push('second')));
  await queue.run('b', () => Promise.resolve(seen.push('other key')));
  expect(seen).toEqual(['first begins', 'other key']);
  gate.resolve(undefined);
  await expect(first).rejects.toThrow('no');
  await second;
  expect(seen).toEqual(['first begins', 'other key', 'first fails', 'second']);
});
