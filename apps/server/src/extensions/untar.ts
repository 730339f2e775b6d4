import { MesheryError } from '@meshery/errors';

const block = 512;
const mostFiles = 2000;
const safeName = /^(?!\/)(?:[\w@+=-][\w.@+=-]*\/)*[\w@+=-][\w.@+=-]*$/;

/** A regular file of an archive. */
export interface ArchivedFile {
  /** Relative, of plain names: it leads nowhere but down. */
  readonly name: string;
  readonly content: Buffer;
}

/**
 * Reads an archive of files (POSIX ustar). Folders are left out, since names say them; anything that is neither, and
 * any name that leads elsewhere, makes the whole archive unusable. Throws `meshery-core-1001`.
 */
export function untar(archive: Buffer): readonly ArchivedFile[] {
  const files: ArchivedFile[] = [];
  for (let at = 0; at + block <= archive.length;) {
    const header = archive.subarray(at, at + block);
    if (header.every((byte) => byte === 0)) return files;
    const size = Number.parseInt(text(header, 124, 12) || '0', 8);
    const type = text(header, 156, 1);
    const end = at + block + size;
    if (!Number.isSafeInteger(size) || size < 0 || end > archive.length) throw unusable('it is cut off');
    if (type === '0' || type === '') files.push({ name: nameOf(header), content: archive.subarray(at + block, end) });
    else if (type !== '5') throw unusable('it has something that is no file');
    if (files.length > mostFiles) throw unusable('it has too many files');
    at += block + Math.ceil(size / block) * block;
  }
  return files;
}

function nameOf(header: Buffer): string {
  const prefix = text(header, 345, 155);
  const name = `${prefix === '' ? '' : `${prefix}/`}${text(header, 0, 100)}`.replace(/^\.\//, '');
  if (!safeName.test(name)) throw unusable('a name in it leads elsewhere');
  return name;
}

function text(header: Buffer, from: number, length: number): string {
  const field = header.subarray(from, from + length);
  const end = field.indexOf(0);
  return field
    .subarray(0, end === -1 ? length : end)
    .toString('utf8')
    .trim();
}

function unusable(why: string): MesheryError {
  return new MesheryError('meshery-core-1001', `The package of the provider cannot be used: ${why}.`, {
    probableCause: 'The package is damaged or was not made for this server; nothing was installed.',
    remedy: 'Ask whoever runs the provider for a package as a tar of plain files.',
  });
}
