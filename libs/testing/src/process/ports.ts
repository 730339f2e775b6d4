import { randomInt } from 'node:crypto';
import { type Server, createServer } from 'node:net';

/** Below the range of outgoing connections and of local clusters, above our services' own ports. */
const FIRST_PORT = 12_000;
const LAST_PORT = 19_999;
/** Each of Jest's workers has a share of its own. */
const SHARES = 16;
const MAX_TRIES = 1000;
const handedOut = new Set<number>();

/**
 * `count` different ports of loopback on which nobody listens now, and which no other test was given.
 * They stay free while a process that owns one is down, since the system does not hand them out by itself.
 */
export async function freePorts(count: number): Promise<number[]> {
  const held: Server[] = [];
  const [first, end] = range();
  try {
    for (let tries = 0; held.length < count; tries += 1) {
      if (tries === MAX_TRIES) throw new Error(`no ${String(count)} free ports were found on loopback`);
      const port = randomInt(first, end);
      const server = handedOut.has(port) ? undefined : await tryListen(port);
      if (server === undefined) continue;
      handedOut.add(port);
      held.push(server);
    }
    return held.map(portOf);
  } finally {
    await Promise.all(held.map(closeServer));
  }
}

/** From the first port up to, but not with, the second: everything where Jest does not run. */
function range(): readonly [first: number, end: number] {
  const worker = process.env.JEST_WORKER_ID;
  if (worker === undefined) return [FIRST_PORT, LAST_PORT + 1];
  const size = Math.floor((LAST_PORT + 1 - FIRST_PORT) / SHARES);
  const first = FIRST_PORT + ((Number(worker) - 1) % SHARES) * size;
  return [first, first + size];
}

/** One free port of loopback. */
export async function freePort(): Promise<number> {
  const [port] = await freePorts(1);
  if (port === undefined) throw new Error('no port was chosen');
  return port;
}

/** The port on which a listening server listens. */
export function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server does not listen on a TCP port');
  return address.port;
}

function tryListen(port: number): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(undefined);
      else reject(error);
    });
    server.listen(port, () => {
      resolve(server);
    });
  });
}

/** Closes a server and waits until its port is free. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
  });
}
