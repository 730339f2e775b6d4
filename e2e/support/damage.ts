import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type MesheryServer, waitUntil } from '@meshery/testing';

const PAGE_BYTES = 4096;

/** Overwrites the cache from this page on; the server may have it open. Needs some hundred stored objects. */
export async function damageInventory(server: MesheryServer, fromPage: number): Promise<void> {
  const file = join(server.dataDir, 'inventory.db');
  await waitUntil({ what: 'the log copied back into the file', timeoutMs: 60_000 }, async () => {
    return (await stat(file)).size > PAGE_BYTES * 40;
  });
  const bytes = await readFile(file);
  bytes.fill(0xff, PAGE_BYTES * fromPage);
  await writeFile(file, bytes);
}

/** Reads texts until the server has met the damage and made its cache anew. */
export async function untilMadeAnew({ client, process }: MesheryServer): Promise<void> {
  const clusters = encodeURIComponent('["all"]');
  const told = { what: 'the cache made anew', timeoutMs: 60_000, explain: () => process.logTail() };
  await waitUntil(told, async () => {
    // Whatever it answers, the cache must come back.
    await client.send(`/api/system/meshsync/resources?clusterIds=${clusters}&format=kubernetes`).catch(() => undefined);
    return process.log().includes('inventory was made anew');
  });
}
