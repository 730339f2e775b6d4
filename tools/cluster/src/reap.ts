import { removeCluster } from './down.ts';

/** Removes the cluster in the folder given: run when the process that made a throw-away cluster has ended. */
const [dir] = process.argv.slice(2);
if (dir !== undefined) await removeCluster(dir);
