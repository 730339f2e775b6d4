import { systemClock } from '@meshery/observability';
import type { Clock } from '@meshery/observability';
import type { DurableMessage, Headers } from '../broker.ts';
import { Reassembler } from './reassembler.ts';
import { maxReassembledBytes, splitPayload } from './split-payload.ts';

function stored(data: Uint8Array, headers: Headers = {}): DurableMessage {
  const nothing = (): void => undefined;
  return {
    subject: 's',
    data,
    headers,
    sequence: 1,
    deliveries: 1,
    ack: nothing,
    nak: nothing,
    term: nothing,
    working: nothing,
  };
}

const payload = Buffer.from(Array.from({ length: 50_000 }, (_, index) => index % 256));
const parts = splitPayload(payload, 'id', 20_000).map((part) => stored(part.data, part.headers));

describe('splitPayload', () => {
  test('keeps a small message as it is', () => {
    expect(splitPayload(Buffer.from('x'), 'id', 20_000)).toEqual([
      { data: Buffer.from('x'), messageId: 'id', headers: { 'Meshery-Message-Id': 'id' } },
    ]);
  });

  test('gives every part an id of its own and fits the limit', () => {
    const split = splitPayload(payload, 'id', 20_000);
    expect(new Set(split.map((part) => part.messageId)).size).toBe(split.length);
    expect(Math.max(...split.map((part) => part.data.byteLength))).toBeLessThan(20_000);
  });

  test('refuses more than 10 MB', () => {
    expect(() => splitPayload(new Uint8Array(maxReassembledBytes + 1), 'id', 20_000)).toThrow(
      expect.objectContaining({ code: 'meshery-messaging-1502' }) as Error,
    );
  });
});

describe('Reassembler', () => {
  test('puts parts together in any order, some of them twice', () => {
    const reassembler = new Reassembler(systemClock);
    const order = [3, 1, 1, 0, 3];
    for (const index of order) expect(reassembler.accept(parts[index] as DurableMessage).type).toBe('waiting');
    const result = reassembler.accept(parts[2] as DurableMessage);
    expect(result.type === 'whole' && Buffer.from(result.message.data).equals(payload)).toBe(true);
    expect(result.type === 'whole' && result.message.parts).toHaveLength(4);
    expect(reassembler.heldBytes).toBe(0);
  });

  test.each([
    ['headers that make no sense', { 'Meshery-Chunk': '4/2/10', 'Meshery-Message-Id': 'x' }],
    ['no id', { 'Meshery-Chunk': '0/2/10' }],
    ['more than 10 MB', { 'Meshery-Chunk': '0/2/99999999', 'Meshery-Message-Id': 'x' }],
    ['too many parts', { 'Meshery-Chunk': '0/33/1000', 'Meshery-Message-Id': 'x' }],
    ['more bytes than said', { 'Meshery-Chunk': '0/2/1', 'Meshery-Message-Id': 'x' }],
  ])('gives up a message with %s', (_name, headers: Headers) => {
    const reassembler = new Reassembler(systemClock);
    expect(reassembler.accept(stored(Buffer.from('ab'), headers))).toMatchObject({ type: 'broken' });
    expect(reassembler.heldBytes).toBe(0);
  });

  test('holds no more than its bound', () => {
    const reassembler = new Reassembler(systemClock, { maxHeldBytes: 100 });
    const part = (id: string) => stored(Buffer.alloc(60), { 'Meshery-Chunk': '0/2/120', 'Meshery-Message-Id': id });
    expect(reassembler.accept(part('a')).type).toBe('waiting');
    expect(reassembler.accept(part('b')).type).toBe('broken');
    expect(reassembler.heldBytes).toBe(60);
  });

  test('gives up a message whose parts do not come', () => {
    let now = 0;
    const clock: Clock = { ...systemClock, monotonic: () => now };
    const reassembler = new Reassembler(clock, { maxAgeMs: 1000 });
    reassembler.accept(parts[0] as DurableMessage);
    expect(reassembler.expired()).toEqual([]);
    now = 1001;
    expect(reassembler.expired()).toEqual([{ reason: 'only 1 of 4 parts arrived', parts: [parts[0]] }]);
    expect(reassembler.heldBytes).toBe(0);
  });
});
