import { enableCompileCache } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';

// Whatever this process writes is for its user alone: the inventory shows what runs in the clusters.
process.umask(0o077);

// Compiled code is kept beside the user's other files: half of a cold start is compiling. It must be switched on
// before anything large is loaded, hence the dynamic import. Where nothing can be written, nothing is kept.
enableCompileCache(join(homedir(), '.meshery', 'cache', 'compiled'));
const { start } = await import('./start.ts');
await start();
