import { enableCompileCache } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';

// The heap is small, the rows are in the store: V8 would collect it after every few megabytes of growth, and on a busy
// core each time is a pause of 50 ms for whoever waits for an answer.
setFlagsFromString('--heap-growing-percent=150');

// Compiled code is kept beside the user's other files: half of a cold start is compiling. It must be switched on
// before anything large is loaded, hence the dynamic import. Where nothing can be written, nothing is kept.
enableCompileCache(join(homedir(), '.meshery', 'cache', 'compiled'));
const { start } = await import('./start.ts');
await start();
