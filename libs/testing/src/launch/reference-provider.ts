import { randomBytes, scryptSync } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from '../process/ports.ts';
import { makeTempDir } from '../process/temp-dir.ts';
import { ServiceProcess } from './service-process.ts';

/** The reference provider as a process of its own, with the users "ada" (editor), "vic" (viewer) and "root" (admin). */
export class ReferenceProvider {
  /** Of every user. */
  static readonly password = 'correct horse';
  readonly url: string;
  readonly process: ServiceProcess;

  private constructor(url: string, process: ServiceProcess) {
    this.url = url;
    this.process = process;
  }

  static async start(env: Readonly<Record<string, string>> = {}): Promise<ReferenceProvider> {
    const port = await freePort();
    const dir = makeTempDir('remote-provider');
    const users = join(dir.path, 'users.json');
    const accounts = { ada: 'editor', vic: 'viewer', root: 'admin' };
    const list = Object.entries(accounts).map(([name, role]) => ({ name, role, passwordHash: hashed() }));
    await writeFile(users, JSON.stringify(list));
    const url = `http://127.0.0.1:${String(port)}`;
    const args = ['--port', String(port), '--users', users];
    const urls = { liveUrl: `${url}/healthz/live`, readyUrl: `${url}/healthz/ready` };
    const process = new ServiceProcess({ name: 'remote-provider', args, env, ...urls }, dir);
    await process.up();
    return new ReferenceProvider(url, process);
  }

  /** Registration key at a server. */
  get key(): string {
    return new URL(this.url).host;
  }

  /** Fills in the form at an address that a server sent the browser to; answers where it leads. */
  async fillIn(location: string, name: string, secret = ReferenceProvider.password): Promise<string> {
    const body = new URLSearchParams({ name, password: secret });
    const response = await fetch(location, { method: 'POST', body, redirect: 'manual' });
    return response.headers.get('location') ?? `status ${String(response.status)}`;
  }
}

function hashed(): string {
  const salt = randomBytes(16);
  return `${salt.toString('base64')}:${scryptSync(ReferenceProvider.password, salt, 32).toString('base64')}`;
}
