import { MesheryError } from '@meshery/errors';
import type { EventRecord } from '@meshery/object-model';
import { EventQueue, eventLines } from './event-queue.ts';

const event = (sequence: number): EventRecord => ({ sequence, description: 'two\nlines' }) as unknown as EventRecord;
const bytes = (...sequences: number[]): Uint8Array => eventLines.encode(sequences.map((sequence) => event(sequence)));

test('gives events in their order, also those that come while it waits, until its signal', async () => {
  const stop = new AbortController();
  const queue = new EventQueue(stop.signal);
  const heard: number[] = [];
  const done = (async () => {
    for await (const { sequence } of queue) {
      heard.push(sequence);
      if (sequence === 3) stop.abort();
    }
  })();
  queue.write(bytes(1, 2));
  await Promise.resolve();
  queue.write(bytes(3));
  await done;
  expect(heard).toEqual([1, 2, 3]);
});

test('ends with its signal while it waits', async () => {
  const stop = new AbortController();
  const next = new EventQueue(stop.signal)[Symbol.asyncIterator]().next();
  stop.abort();
  await expect(next).resolves.toEqual({ done: true, value: undefined });
});

test('ends with a code, and keeps nothing, for who does not read', async () => {
  const queue = new EventQueue(new AbortController().signal);
  for (let at = 0; at < 1001; at += 1) queue.write(bytes(at));
  await expect(queue[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'meshery-core-1010' });
});

test('lets what was missed wait until its reader has room, or does not read any more', async () => {
  const stop = new AbortController();
  const queue = new EventQueue(stop.signal);
  queue.write(bytes(...Array.from({ length: 102 }, (_none, at) => at)));
  let isReady = false;
  const ready = queue.ready().then(() => {
    isReady = true;
  });
  const reader = queue[Symbol.asyncIterator]();
  await reader.next();
  expect(isReady).toBe(false);
  await reader.next();
  await ready;
  queue.write(bytes(1, 2, 3));
  const again = queue.ready();
  stop.abort();
  await again;
});

test('ends with what its source failed with', async () => {
  const queue = new EventQueue(new AbortController().signal);
  queue.write(bytes(1));
  queue.fail(new MesheryError('meshery-core-1004', 'Gone.'));
  await expect(queue[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'meshery-core-1004' });
});
