/** Installs and builds what the tests need beside the npm packages; nothing happens when all is there. */
import { ensureTestNeeds } from './src/index.ts';
import { describeError } from './src/tool-error.ts';

try {
  await ensureTestNeeds();
} catch (error) {
  process.stderr.write(`needs: ${describeError(error)}\n`);
  process.exitCode = 1;
}
