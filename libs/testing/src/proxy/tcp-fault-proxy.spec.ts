import { once } from 'node:events';
import { type Server, type Socket, connect, createServer } from 'node:net';
import { closeServer, portOf } from '../process/ports.ts';
import { waitUntil } from '../wait/wait-until.ts';
import { TcpFaultProxy } from './tcp-fault-proxy.ts';

const MESSAGE = Buffer.from('0123456789'.repeat(100));

/** A server that greets with MESSAGE and echoes what it gets. */
async function startEcho(): Promise<{ server: Server; sockets: Socket[] }> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    socket.write(MESSAGE);
    socket.on('data', (chunk) => socket.write(chunk));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, sockets };
}

interface Client {
  readonly socket: Socket;
  received: Buffer;
  ended: boolean;
  closed: boolean;
}

function dial(port: number): Client {
  const client: Client = { socket: connect(port, '127.0.0.1'), received: Buffer.alloc(0), ended: false, closed: false };
  client.socket.on('data', (chunk: Buffer) => (client.received = Buffer.concat([client.received, chunk])));
  client.socket.on('end', () => (client.ended = true));
  client.socket.on('error', () => undefined);
  client.socket.on('close', () => (client.closed = true));
  return client;
}

describe('TcpFaultProxy', () => {
  let echo: { server: Server; sockets: Socket[] };
  let proxy: TcpFaultProxy;

  beforeEach(async () => {
    echo = await startEcho();
    proxy = await TcpFaultProxy.start({ targetPort: portOf(echo.server) });
  });

  afterEach(async () => {
    await proxy.close();
    for (const socket of echo.sockets) socket.destroy();
    await closeServer(echo.server);
  });

  const greeted = (client: Client) =>
    waitUntil({ what: 'the greeting', timeoutMs: 30_000 }, () => client.received.length >= MESSAGE.length);

  test('passes bytes both ways and counts them by direction', async () => {
    const client = dial(proxy.port);
    await greeted(client);
    client.socket.write('abc');
    await waitUntil({ what: 'the echo', timeoutMs: 30_000 }, () => client.received.length === MESSAGE.length + 3);
    expect(proxy.traffic).toEqual({ up: 3, down: MESSAGE.length + 3 });
    expect(proxy.injectedTotal).toBe(0);
    client.socket.destroy();
    await waitUntil({ what: 'the proxy noticing the end', timeoutMs: 30_000 }, () => proxy.connections.length === 0);
    expect(proxy.traffic).toEqual({ up: 3, down: MESSAGE.length + 3 });
  });

  test.each([0, 1, 7, 999])('cuts after exactly %i bytes', async (afterBytes) => {
    proxy.onConnection = () => ({ type: 'cut', afterBytes });
    const client = dial(proxy.port);
    await waitUntil({ what: 'the cut', timeoutMs: 30_000 }, () => client.closed);
    expect(client.received).toEqual(MESSAGE.subarray(0, afterBytes));
    expect(proxy.injected.cut).toBe(1);
  });

  test('stalls without closing, then goes on where it stopped', async () => {
    const client = dial(proxy.port);
    await greeted(client);
    proxy.injectEverywhere({ type: 'stall' });
    client.socket.write('held back');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(client.received.length).toBe(MESSAGE.length);
    expect(client.closed).toBe(false);
    proxy.heal();
    await waitUntil(
      { what: 'the held bytes', timeoutMs: 30_000 },
      () => client.received.subarray(MESSAGE.length).toString() === 'held back',
    );
    expect(proxy.injected.stall).toBe(1);
  });

  test('stalls in the middle of a chunk', async () => {
    proxy.onConnection = () => ({ type: 'stall', afterBytes: 13 });
    const client = dial(proxy.port);
    await waitUntil({ what: 'the stall', timeoutMs: 30_000 }, () => proxy.injected.stall === 1);
    await waitUntil({ what: 'the first bytes', timeoutMs: 30_000 }, () => client.received.length === 13);
    proxy.heal();
    await greeted(client);
    expect(client.received).toEqual(MESSAGE);
  });

  test('ends one direction and keeps the other', async () => {
    const client = dial(proxy.port);
    await greeted(client);
    proxy.connections[0]?.inject({ type: 'half-close' });
    await waitUntil({ what: 'the end of the stream', timeoutMs: 30_000 }, () => client.ended);
    expect(proxy.injected['half-close']).toBe(1);
  });

  test('refuses new connections and cuts the open ones', async () => {
    const first = dial(proxy.port);
    await greeted(first);
    proxy.injectEverywhere({ type: 'refuse' });
    const second = dial(proxy.port);
    await waitUntil({ what: 'both ends', timeoutMs: 30_000 }, () => first.closed && second.closed);
    expect(proxy.injected).toMatchObject({ refuse: 1, cut: 1 });
  });

  test('delays every chunk and keeps the order', async () => {
    proxy.onConnection = () => ({ type: 'delay', ms: 60 });
    const started = performance.now();
    const client = dial(proxy.port);
    await greeted(client);
    expect(performance.now() - started).toBeGreaterThanOrEqual(55);
    expect(client.received).toEqual(MESSAGE);
    expect(proxy.injected.delay).toBe(1);
  });
});
