import { waitUntil } from './wait-until.ts';

/** Keeps everything in this thread from running, as a machine that stands still does. */
function stall(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

it('what a stall of the machine takes is not part of the wait', async () => {
  let looks = 0;
  const probe = (): boolean => {
    looks += 1;
    if (looks === 1) stall(1_500);
    return looks === 3;
  };
  await expect(waitUntil({ what: 'the third look', timeoutMs: 1_000 }, probe)).resolves.toBe(true);
});

it('a wait ends when its time is over', async () => {
  const late = waitUntil({ what: 'nothing', timeoutMs: 100, explain: () => 'because' }, () => undefined);
  await expect(late).rejects.toThrow('nothing did not happen within 0.1 s\nbecause');
});
