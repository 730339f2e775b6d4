import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Mismatch } from './mismatch.ts';
import type { Lead } from './sign-in.ts';

/** Asks a person to sign in. */
export function askPerson(say: (line: string) => void): Lead {
  return (address) => {
    say(`Sign in here: ${address}`);
    return Promise.resolve();
  };
}

/** Has a command of a shell sign in at the address in LOGIN_URL; what it prints is not shown, it may be secret. */
export function runCommand(command: string, environment: Readonly<Record<string, string | undefined>>): Lead {
  return async (address, signal) => {
    const child = spawn(command, { shell: true, stdio: 'ignore', env: { ...environment, LOGIN_URL: address }, signal });
    const [code] = (await once(child, 'exit').catch(() => [null])) as [number | null];
    if (code !== 0) throw new Mismatch(`the login command ended with exit code ${String(code ?? 'none')}`);
  };
}
