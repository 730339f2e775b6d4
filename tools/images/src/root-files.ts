import { existsSync, readFileSync } from 'node:fs';
import type { TarEntry } from '../../cluster/src/tar.ts';

/** Number of the user and group that programs run as in our images; never root. */
export const imageUser = 65_532;

const certificates = '/etc/ssl/certs/ca-certificates.crt';

/** What every image has: its users, how names are looked up, a folder for scratch files, known authorities. */
export function rootFiles(): TarEntry[] {
  const id = String(imageUser);
  const text = (path: string, content: string): TarEntry => ({ path, content: Buffer.from(content) });
  return [
    { path: 'tmp/', content: Buffer.alloc(0), mode: 0o1777 },
    text('etc/passwd', `root:x:0:0:root:/root:/sbin/nologin\nnonroot:x:${id}:${id}:nonroot:/tmp:/sbin/nologin\n`),
    text('etc/group', `root:x:0:\nnonroot:x:${id}:\n`),
    text('etc/nsswitch.conf', 'hosts: files dns\n'),
    ...(existsSync(certificates) ? [{ path: certificates.slice(1), content: readFileSync(certificates) }] : []),
  ];
}

/** An empty folder that the image's user may write to; usually a volume is mounted over it. */
export function writableFolder(path: string): TarEntry {
  return { path: `${path}/`, content: Buffer.alloc(0), mode: 0o755, owner: imageUser };
}
