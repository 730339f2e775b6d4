import type { DurableMessage } from '@meshery/messaging';
import { ByteBudget } from './byte-budget.ts';
import { TakenMessages } from './taken-messages.ts';

const message = (bytes: number) => ({ data: new Uint8Array(bytes) }) as DurableMessage;

/** Whether a promise is settled after what is due now. */
async function settled(promise: Promise<void> | undefined): Promise<boolean> {
  let done = promise === undefined;
  const noted = promise?.then(() => {
    done = true;
  });
  await Promise.race([noted, new Promise((resolve) => setImmediate(resolve))]);
  return done;
}

test('a link over the budget of all waits until another one gives back', async () => {
  const budget = new ByteBudget(100);
  const [one, two] = [new TakenMessages(budget), new TakenMessages(budget)];
  const big = message(90);
  one.add(big);
  for (let count = 0; count < 2; count += 1) two.add(message(10));
  const room = two.room();
  expect(await settled(room)).toBe(false);
  one.delete(big);
  expect(await settled(room)).toBe(true);
  expect(two.room()).toBeUndefined();
});

test('a link goes on with its own share beside others that are stuck, and when its own messages are settled', async () => {
  const budget = new ByteBudget(100);
  const [stuck, link] = [new TakenMessages(budget), new TakenMessages(budget)];
  for (let count = 0; count < 5; count += 1) stuck.add(message(100));
  const own = [message(10), message(10)];
  expect(link.room()).toBeUndefined();
  for (const taken of own) link.add(taken);
  const room = link.room();
  expect(await settled(room)).toBe(false);
  for (const taken of own) link.delete(taken);
  expect(await settled(room)).toBe(true);
});

test('what is forgotten is given back once', () => {
  const budget = new ByteBudget(100);
  const link = new TakenMessages(budget);
  const taken = message(60);
  link.add(taken);
  link.add(message(60));
  link.clear();
  link.delete(taken);
  budget.take(99);
  expect(budget.hasRoom).toBe(true);
  budget.take(1);
  expect(budget.hasRoom).toBe(false);
});
