/**
 * The reference of event streams: a socket that says GET hears the bytes of a file each time another one sends a line.
 * Arguments: file, port.
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { Socket } from 'node:net';

const [file, port] = process.argv.slice(2);
if (file === undefined || port === undefined) throw new Error('usage: raw-fan-out.ts FILE PORT');

const bytes = readFileSync(file);
const listeners = new Set<Socket>();

function onData(socket: Socket, chunk: Buffer): void {
  if (chunk.toString('latin1').startsWith('GET ')) {
    listeners.add(socket);
    socket.write('HTTP/1.1 200 OK\r\n\r\n');
    return;
  }
  for (const byte of chunk) if (byte === 10) for (const listener of listeners) listener.write(bytes);
}

createServer((socket) => {
  socket.setNoDelay(true);
  socket.on('data', (chunk: Buffer) => {
    onData(socket, chunk);
  });
  socket.on('error', () => undefined);
  socket.on('close', () => listeners.delete(socket));
}).listen(Number(port), '127.0.0.1');
