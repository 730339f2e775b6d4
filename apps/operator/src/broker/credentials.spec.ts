import { dueBook, durationMs, parseBook } from './credentials.ts';
import type { CredentialBook, RotationPolicy } from './credentials.ts';

const hour = 3_600_000;
const never: RotationPolicy = { rotateAfterMs: undefined, rotation: '', overlapMs: 600_000 };
const daily: RotationPolicy = { ...never, rotateAfterMs: 24 * hour };
const agentOf = (book: CredentialBook) => book.roles.agent;

test('credentials are made once and stay', () => {
  const { book, nextMs } = dueBook(undefined, never, 0);
  expect(agentOf(book).current).toEqual({
    user: expect.stringMatching(/^agent-[0-9a-f]{8}$/),
    password: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  expect(book.token.current).toMatch(/^t[0-9a-f]{64}$/);
  expect(nextMs).toBeUndefined();
  expect(dueBook(book, never, 1000 * hour)).toEqual({ book, nextMs: undefined });
});

test('after their time they are made anew, and the old ones work for the overlap', () => {
  const first = dueBook(undefined, daily, 0);
  expect(first.nextMs).toBe(24 * hour);
  expect(dueBook(first.book, daily, 23 * hour)).toEqual({ book: first.book, nextMs: hour });
  const second = dueBook(first.book, daily, 24 * hour);
  expect(agentOf(second.book).previous).toEqual(agentOf(first.book).current);
  expect(agentOf(second.book).current).not.toEqual(agentOf(first.book).current);
  expect(second.nextMs).toBe(600_000);
  expect(dueBook(second.book, daily, 24 * hour + 60_000)).toEqual({ book: second.book, nextMs: 540_000 });
  const third = dueBook(second.book, daily, 24 * hour + 600_000);
  expect(agentOf(third.book)).toEqual({ current: agentOf(second.book).current });
});

test('another value of the annotation asks for new ones, once', () => {
  const { book } = dueBook(undefined, never, 0);
  const turned = dueBook(book, { ...never, rotation: '1' }, 10).book;
  expect(agentOf(turned).previous).toEqual(agentOf(book).current);
  expect(dueBook(turned, { ...never, rotation: '1' }, 20).book).toBe(turned);
});

test('a book is read back, and nothing else is', () => {
  const { book } = dueBook(undefined, never, 0);
  expect(parseBook(JSON.stringify(book))).toEqual(book);
  for (const text of [undefined, '', '{', 'null', '{"roles":{}}', '{"token":{"current":"t"}}']) {
    expect(parseBook(text)).toBeUndefined();
  }
});

test.each([
  ['720h', 720 * hour],
  ['1h30m', 1.5 * hour],
  ['10s', 10_000],
  ['0s', undefined],
  [undefined, undefined],
])('%j is %j ms', (text, ms) => {
  expect(durationMs(text)).toBe(ms);
});
