import { enableCompileCache } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';

// Batches pass through as large buffers. V8 would collect the whole heap after every 64 MB of them, whatever its size;
// counted together with the heap, a collection comes when memory really has grown.
setFlagsFromString('--external-memory-accounted-in-global-limit');

// Compiled code is kept beside the user's other files: half of a cold start is compiling. It must be switched on
// before anything large is loaded, hence the dynamic import. Where nothing can be written, nothing is kept.
enableCompileCache(join(homedir(), '.meshery', 'cache', 'compiled'));
const { start } = await import('./start.ts');
await start();
