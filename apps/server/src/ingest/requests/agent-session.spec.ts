import type { SessionInput } from '@meshery/contracts';
import { AgentSession } from './agent-session.ts';
import type { SessionPiece } from './agent-session.ts';
import { agentLost } from './request-faults.ts';

const kib = 1024;
let told: SessionInput[];
let session: AgentSession;

beforeEach(() => {
  told = [];
  session = new AgentSession({ tell: (input) => void told.push(input), over: () => undefined });
});

const piece = (sequence: number, data = Buffer.from('x')): SessionPiece => ({
  type: 'data',
  sequence,
  stream: 'stdout',
  data,
});

test('what is read is acknowledged, and what is not is not', async () => {
  session.answer({ type: 'started' });
  await session.started;
  for (const sequence of [1, 2, 3]) session.answer(piece(sequence));
  const seen: number[] = [];
  for await (const { sequence } of session) {
    seen.push(sequence);
    if (sequence === 2) break;
  }
  expect(seen).toEqual([1, 2]);
  expect(told).toEqual([{ type: 'ack', sequence: 1 }, { type: 'stop' }]);
});

test('what came before the last word is read before it', async () => {
  session.answer(piece(1));
  session.answer({ type: 'end', exitCode: 3 });
  session.answer(piece(2));
  const seen: number[] = [];
  for await (const { sequence } of session) seen.push(sequence);
  expect([seen, session.exitCode, told]).toEqual([[1], 3, []]);
});

test('a missing piece ends it with a reason', async () => {
  session.answer(piece(1));
  session.answer(piece(3));
  const read = async (): Promise<void> => {
    for await (const { sequence } of session) expect(sequence).toBe(1);
  };
  await expect(read()).rejects.toMatchObject({ code: 'meshery-messaging-1503' });
  expect(told.at(-1)).toEqual({ type: 'stop' });
});

test('an agent that does not wait for acknowledgements is cut off', () => {
  for (let sequence = 1; sequence <= 17; sequence += 1) session.answer(piece(sequence, Buffer.alloc(16 * kib)));
  expect(told).toEqual([]);
  session.answer(piece(18, Buffer.alloc(16 * kib)));
  expect(told).toEqual([{ type: 'stop' }]);
  expect(() => {
    session.write(Buffer.from('x'));
  }).toThrow('more than was acknowledged');
});

test('it does not open when the way is lost before', async () => {
  session.lost(agentLost());
  await expect(session.started).rejects.toMatchObject({ code: 'meshery-messaging-1500' });
});
