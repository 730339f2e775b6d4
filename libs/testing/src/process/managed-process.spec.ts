import { statSync } from 'node:fs';
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

it('a frozen process does nothing from that moment on', async () => {
  const dir = makeTempDir('managed-process');
  const log = join(dir.path, 'log');
  // Of several threads, one takes the signal and tells the others.
  const loop = `for (;;) require('fs').writeSync(1, 'line')`;
  const program = `for (let i = 0; i < 8; i += 1) new (require('worker_threads').Worker)(${JSON.stringify(loop)}, { eval: true })`;
  const child = await ManagedProcess.start({
    name: 'busy',
    file: process.execPath,
    args: ['-e', program],
    logPath: log,
  });
  try {
    await child.ready('writing', 60_000, () => Promise.resolve(statSync(log).size > 0));
    for (let round = 0; round < 100; round += 1) {
      child.freeze();
      const { size } = statSync(log);
      await new Promise((resolve) => setTimeout(resolve, 2));
      expect(statSync(log).size).toBe(size);
      child.thaw();
    }
  } finally {
    await child.kill();
    dir.remove();
  }
});
