import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { waitUntil } from '@meshery/testing';
import { openMallocTrim } from './malloc-trim.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

test('free pages below something in use go back to the operating system', async () => {
  const release = await openMallocTrim();
  // Smaller than what malloc maps on its own, so they lie in its heap one after the other.
  const blocks = Array.from({ length: 4000 }, () => Buffer.allocUnsafeSlow(16_000).fill(1));
  const inUse = blocks.slice(-1);
  blocks.length = 0;
  collect();
  const before = process.memoryUsage.rss();
  // V8 frees buffers on a thread of its own.
  await waitUntil({ what: 'their memory being given back', timeoutMs: 60_000 }, () => {
    release?.();
    return before - process.memoryUsage.rss() > 40e6;
  });
  expect(inUse).toHaveLength(1);
});
