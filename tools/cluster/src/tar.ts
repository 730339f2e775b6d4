/** One file of an archive. */
export interface TarEntry {
  /** Relative, at most 100 bytes after its last folders of up to 155 bytes; a folder's path ends with a slash. */
  readonly path: string;
  readonly content: Buffer;
  /** 0644 unless told; 0755 for a folder. */
  readonly mode?: number;
  /** Number of the owning user and group; 0 unless told. */
  readonly owner?: number;
}

const BLOCK = 512;

/** An archive in the ustar form (POSIX.1-1988), owned by root unless told, without times: the same input gives the same bytes. */
export function tar(entries: readonly TarEntry[]): Buffer {
  const parts = entries.flatMap((entry) => [
    header(entry),
    entry.content,
    Buffer.alloc((BLOCK - (entry.content.length % BLOCK)) % BLOCK),
  ]);
  return Buffer.concat([...parts, Buffer.alloc(2 * BLOCK)]);
}

function header(entry: TarEntry): Buffer {
  const isFolder = entry.path.endsWith('/');
  const { prefix, name } = splitPath(entry.path);
  const block = Buffer.alloc(BLOCK);
  block.write(name, 0, 'utf8');
  block.write(prefix, 345, 'utf8');
  octal(block, 100, 8, entry.mode ?? (isFolder ? 0o755 : 0o644));
  octal(block, 108, 8, entry.owner ?? 0);
  octal(block, 116, 8, entry.owner ?? 0);
  octal(block, 124, 12, entry.content.length);
  octal(block, 136, 12, 0);
  block.fill(' ', 148, 156);
  block.write(isFolder ? '5' : '0', 156);
  block.write('ustar\u000000', 257, 'latin1');
  octal(
    block,
    148,
    7,
    block.reduce((sum, byte) => sum + byte, 0),
  );
  return block;
}

/** The two fields that hold a path: a name of up to 100 bytes and, before a slash, a prefix of up to 155. */
function splitPath(path: string): { readonly prefix: string; readonly name: string } {
  if (Buffer.byteLength(path) <= 100) return { prefix: '', name: path };
  for (let at = path.indexOf('/'); at > 0 && at < path.length - 1; at = path.indexOf('/', at + 1)) {
    const parts = { prefix: path.slice(0, at), name: path.slice(at + 1) };
    if (Buffer.byteLength(parts.name) <= 100 && Buffer.byteLength(parts.prefix) <= 155) return parts;
  }
  throw new RangeError(`${path} is too long for an archive`);
}

/** A number in octal digits that fill the field up to its closing zero byte. */
function octal(block: Buffer, offset: number, length: number, value: number): void {
  block.write(`${value.toString(8).padStart(length - 1, '0')}\0`, offset, 'latin1');
}
