import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const block = 512;
const compress = promisify(gzip);

/** A compressed archive of text files (POSIX ustar) by name; names have at most 100 letters of ASCII. */
export function tarGz(files: Readonly<Record<string, string>>, at: Date): Promise<Buffer> {
  const parts = Object.entries(files).flatMap(([name, text]) => {
    const content = Buffer.from(text);
    const padding = Buffer.alloc((block - (content.length % block)) % block);
    return [header(name, content.length, at), content, padding];
  });
  return compress(Buffer.concat([...parts, Buffer.alloc(2 * block)]));
}

function header(name: string, size: number, at: Date): Buffer {
  const bytes = Buffer.alloc(block);
  bytes.write(name, 0, 100, 'latin1');
  for (const [offset, length, value] of [
    [100, 8, 0o600],
    [108, 8, 0],
    [116, 8, 0],
    [124, 12, size],
    [136, 12, Math.floor(at.getTime() / 1000)],
  ] as const)
    bytes.write(`${value.toString(8).padStart(length - 1, '0')}\0`, offset, 'latin1');
  bytes.fill(' ', 148, 156);
  bytes.write('0', 156, 'latin1');
  bytes.write('ustar\u000000', 257, 'latin1');
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  bytes.write(`${sum.toString(8).padStart(6, '0')}\0`, 148, 'latin1');
  return bytes;
}
