import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describeError } from '../../setup/src/tool-error.ts';
import { ApiClient } from './api-client.ts';
import { readRecord } from './state.ts';
import { type Claim, type Volume, reconcileVolumes } from './volumes.ts';

/**
 * The provisioner of the default StorageClass, a process of the cluster: `provisioner.ts CLUSTER_DIR`. It looks every
 * second, which costs the API server nothing to speak of, and ends by itself when the cluster's folder is gone.
 */
const EVERY_MS = 1_000;

interface List<Item> {
  readonly items: readonly Item[];
}

async function run(dir: string): Promise<void> {
  const record = readRecord(dir);
  if (record === undefined) throw new Error(`${dir} holds no cluster`);
  const api = new ApiClient({ dir, record });
  const root = join(dir, 'volumes');
  let lastTrouble = '';
  while (readRecord(dir) !== undefined) {
    try {
      const claims = (await api.json({ path: '/api/v1/persistentvolumeclaims' })) as List<Claim>;
      const volumes = (await api.json({ path: '/api/v1/persistentvolumes' })) as List<Volume>;
      await reconcileVolumes(api, root, claims.items, volumes.items);
      lastTrouble = '';
    } catch (error) {
      // The API server may be down for a test: say so once, and go on.
      const trouble = describeError(error);
      if (trouble !== lastTrouble) console.error(trouble);
      lastTrouble = trouble;
    }
    await sleep(EVERY_MS);
  }
  api.close();
}

const [dir] = process.argv.slice(2);
if (dir === undefined) throw new Error('usage: provisioner.ts CLUSTER_DIR');
await run(dir);
