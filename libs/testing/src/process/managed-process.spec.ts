import { join } from 'node:path';
import { ManagedProcess } from './managed-process.ts';
import { makeTempDir } from './temp-dir.ts';

it('the last lines of a process that died say what ended it', async () => {
  const dir = makeTempDir('managed-process');
  try {
    const args = ['-c', 'echo last words; kill -BUS $$'];
    const logPath = join(dir.path, 'log');
    const child = await ManagedProcess.start({ name: 'victim', file: '/bin/sh', args, logPath });
    await child.exited;
    expect(child.logTail()).toBe('last lines of victim (signal SIGBUS):\nlast words');
  } finally {
    dir.remove();
  }
});
