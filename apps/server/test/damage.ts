import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { waitUntil } from '@meshery/testing';
import type { TestServer } from './server-harness.ts';

const pageBytes = 4096;

/**
 * Overwrites everything behind the first pages of the cache while the server has it open, and reads until the server
 * met the damage and made the cache anew. Needs some hundred stored objects.
 */
export async function damageInventory(server: TestServer): Promise<void> {
  const file = join(server.folder, 'inventory.db');
  await waitUntil({ what: 'the log copied back into the file', timeoutMs: 60_000 }, async () => {
    return (await stat(file)).size > pageBytes * 40;
  });
  const bytes = await readFile(file);
  bytes.fill(0xff, pageBytes * 4);
  await writeFile(file, bytes);
  const clusters = encodeURIComponent('["all"]');
  await waitUntil({ what: 'the damage is met', timeoutMs: 60_000 }, async () => {
    const path = `/api/system/meshsync/resources?clusterIds=${clusters}&format=kubernetes`;
    // Whatever it answers, the cache must come back.
    await (await server.get(path)).text().catch(() => '');
    return server.store.health().recovered !== undefined;
  });
}
