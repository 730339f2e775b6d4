import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { MesheryError } from '@meshery/errors';

const maxUnpacked = 64 * 1024 * 1024;

/** What a package holds, without its gzip. Rejects with `meshery-core-1001` for what is damaged, or larger than 64 MiB. */
export async function unpacked(content: Buffer): Promise<Buffer> {
  if (content[0] !== 0x1f || content[1] !== 0x8b) return content;
  try {
    return await promisify(gunzip)(content, { maxOutputLength: maxUnpacked });
  } catch (cause) {
    throw new MesheryError('meshery-core-1001', 'The package of the provider cannot be unpacked.', {
      probableCause: 'It is damaged, or larger than 64 MiB; nothing was installed.',
      remedy: 'Ask whoever runs the provider for another package.',
      cause,
    });
  }
}
