import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('../test/sample-service.ts', import.meta.url));

/** A sample service as a real process, with what it wrote so far. */
class Sample {
  readonly #child: ChildProcess;
  /** With the end of its output, which may come after its own. */
  readonly #closed: Promise<unknown[]>;
  #isClosed = false;
  #output = '';

  constructor(env: Record<string, string> = {}) {
    this.#child = spawn('node', [script], { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#closed = once(this.#child, 'close').finally(() => (this.#isClosed = true));
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.#output += chunk.toString();
        this.#child.emit('written');
      });
    }
  }

  get output(): string {
    return this.#output;
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Closes our ends of its pipes, as a log collector that dies does. */
  closeOutput(): void {
    this.#child.stdout?.destroy();
    this.#child.stderr?.destroy();
  }

  /** Resolves with the first match in the output; rejects when the process ends without it. */
  async says(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const match = pattern.exec(this.#output);
      if (match !== null) return match;
      if (this.#isClosed) throw new Error(`the process ended without ${String(pattern)}: ${this.#output}`);
      await Promise.race([once(this.#child, 'written'), this.#closed]);
    }
  }

  async url(): Promise<string> {
    return (await this.says(/"url":"(http:[^"]+)","msg":"announced"/))[1] ?? '';
  }

  async exitCode(): Promise<unknown> {
    return (await this.#closed)[0];
  }
}

describe('runService as a process', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)('%s lets a request in flight finish, then exits 0', async (signal) => {
    const sample = new Sample();
    const url = await sample.url();
    const answer = fetch(`${url}/slow`);
    await sample.says(/slow request entered/);
    sample.kill(signal);
    expect(await (await answer).json()).toEqual({ finished: true });
    expect(await sample.exitCode()).toBe(0);
    expect(sample.output).toContain('"clean":true');
  });

  test('a reader of the log that goes away does not keep the process from ending', async () => {
    const sample = new Sample();
    await sample.url();
    sample.closeOutput();
    sample.kill('SIGTERM');
    expect(await sample.exitCode()).toBe(0);
  });

  test('an error that nobody catches is logged and ends the process with 70', async () => {
    const sample = new Sample();
    const url = await sample.url();
    await fetch(`${url}/crash`).catch(() => undefined);
    expect(await sample.exitCode()).toBe(70);
    expect(sample.output).toContain('nobody catches this');
  });

  test('a port in use ends with its code, remedy and exit status', async () => {
    const blocker = createServer().listen(0, '127.0.0.1');
    await once(blocker, 'listening');
    const sample = new Sample({ SAMPLE_PORT: String((blocker.address() as AddressInfo).port) });
    expect(await sample.exitCode()).toBe(78);
    expect(sample.output).toMatch(/meshery-config-1101: Port \d+ on 127\.0\.0\.1 is in use/);
    expect(sample.output).toContain('remedy: Stop it');
    blocker.close();
    await once(blocker, 'close');
  });

  test('SIGUSR2 changes the level of every logger at run time, and back', async () => {
    const sample = new Sample();
    const url = await sample.url();
    await fetch(`${url}/debug`);
    sample.kill('SIGUSR2');
    await sample.says(/"level":"debug","msg":"log level changed"|log level changed/);
    await fetch(`${url}/debug`);
    await sample.says(/"part":"child","msg":"a debug line"/);
    sample.kill('SIGUSR2');
    await sample.says(/log level changed[\s\S]*log level changed/);
    sample.kill('SIGTERM');
    expect(await sample.exitCode()).toBe(0);
    expect(sample.output.split('a debug line')).toHaveLength(2);
  });
});
