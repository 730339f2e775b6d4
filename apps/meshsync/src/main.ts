import { setFlagsFromString } from 'node:v8';
import { createLogger } from '@meshery/observability';
import { readConfig } from './config.ts';

/** Help is answered before anything heavy is loaded. */
if (process.argv.some((argument) => ['-h', '--help', '-help'].includes(argument))) {
  const read = readConfig({ argv: ['--help'], env: {} });
  if (read.kind === 'help') process.stdout.write(read.text);
} else {
  // What a sync reads is garbage a moment later: a young generation that never grows collects it before it piles up.
  setFlagsFromString('--semi-space-growth-factor=1');
  // And an old generation that grows in small steps collects what outlived that.
  setFlagsFromString('--optimize-for-size');
  // Helper threads cost more than they do in a young generation of a megabyte.
  setFlagsFromString('--no-parallel-scavenge');
  const { runAgent } = await import('./run-agent.ts');
  await runAgent(createLogger({ service: 'meshsync' }));
}
