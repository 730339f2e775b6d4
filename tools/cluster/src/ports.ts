import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { ToolError } from '../../setup/src/tool-error.ts';
import type { ClusterPorts } from './state.ts';

/** Below the range that systems hand out to outgoing connections, so that a port stays free while its process is down. */
const FIRST_PORT = 20_000;
const LAST_PORT = 29_999;
const MAX_TRIES = 500;

/** Five free ports on loopback, none of which is in `taken`. */
export async function allocatePorts(taken: ReadonlySet<number>): Promise<ClusterPorts> {
  const [apiServer, etcdClient, etcdPeer, controllerManager, scheduler] = await choosePorts(5, taken, isFree);
  if (
    apiServer === undefined ||
    etcdClient === undefined ||
    etcdPeer === undefined ||
    controllerManager === undefined ||
    scheduler === undefined
  ) {
    throw new Error('fewer ports were chosen than asked for');
  }
  return { apiServer, etcdClient, etcdPeer, controllerManager, scheduler };
}

/** `count` different ports of the range that are not taken and that `free` says yes to. */
export async function choosePorts(
  count: number,
  taken: ReadonlySet<number>,
  free: (port: number) => Promise<boolean>,
): Promise<number[]> {
  const chosen = new Set<number>();
  for (let tries = 0; chosen.size < count; tries += 1) {
    if (tries === MAX_TRIES) {
      throw new ToolError(
        `no ${String(count)} free ports between ${String(FIRST_PORT)} and ${String(LAST_PORT)}`,
        'Remove clusters that are not needed any more: npm run cluster -- status shows them',
      );
    }
    const port = randomInt(FIRST_PORT, LAST_PORT + 1);
    if (!taken.has(port) && !chosen.has(port) && (await free(port))) chosen.add(port);
  }
  return [...chosen];
}

/** True when a server could listen on the port, on every address. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(false);
      else reject(error);
    });
    server.listen(port, () =>
      server.close(() => {
        resolve(true);
      }),
    );
  });
}
