import { AnswerCache } from './answer-cache.ts';

let made = 0;
const make = (): Promise<object> => Promise.resolve({ made: (made += 1) });

test('an answer is written once for each who asks and each revision', async () => {
  const cache = new AnswerCache();
  made = 0;
  const asked = [
    ['a', 1],
    ['a', 1],
    ['b', 1],
    ['a', 2],
    ['a', 1],
  ] as const;
  const answers = [];
  for (const [key, revision] of asked) answers.push(await cache.answer(key, revision, make));
  expect(answers).toEqual(['{"made":1}', '{"made":1}', '{"made":2}', '{"made":3}', '{"made":4}']);
});

test('without a revision nothing is kept', async () => {
  const cache = new AnswerCache();
  made = 0;
  await cache.answer('a', undefined, make);
  expect(await cache.answer('a', undefined, make)).toBe('{"made":2}');
});

test('what was made for an earlier revision is not kept for the later one', async () => {
  const cache = new AnswerCache();
  const gate = Promise.withResolvers<object>();
  const late = cache.answer('a', 1, () => gate.promise);
  await cache.answer('b', 2, make);
  gate.resolve({ old: true });
  expect(await late).toBe('{"old":true}');
  expect(await cache.answer('a', 2, () => Promise.resolve({ old: false }))).toBe('{"old":false}');
});

test('the answers that are kept have a bound', async () => {
  const cache = new AnswerCache();
  made = 0;
  for (let index = 0; index < 1001; index += 1) await cache.answer(String(index), 1, make);
  expect(await cache.answer('0', 1, make)).toBe('{"made":1002}');
});
