import { resolveBinaries } from '../../setup/src/binaries.ts';
import type { Say } from '../../setup/src/progress.ts';
import { nodePlaces } from './addresses.ts';
import { type ApiClient, serverUrl, withApi } from './api-client.ts';
import {
  apiServerArgs,
  componentKubeconfig,
  controllerManagerArgs,
  etcdArgs,
  schedulerArgs,
  tokenFile,
} from './control-plane-args.ts';
import { adminKubeconfigPath, writeKubeconfig } from './kubeconfig.ts';
import { ensurePki } from './pki.ts';
import { type ProcessSpec, ensureProcess, logTail, pidOf } from './processes.ts';
import { type Cluster, writePrivately } from './state.ts';
import { waitFor } from './wait.ts';

/** The processes of the control plane, in the order in which they start. */
const controlPlaneProcesses = ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler'] as const;

const READY_TIMEOUT_MS = 120_000;

type ProcessName = (typeof controlPlaneProcesses)[number];

/** Starts those of the processes that are not alive; one that was started before in the same call and ended is an error. */
type Tend = (names: readonly ProcessName[]) => Promise<void>;

/** Starts what is not alive of the control plane and waits until the API server is ready. */
export async function ensureControlPlane(cluster: Cluster, say: Say): Promise<void> {
  const wanted = wantedProcesses(cluster);
  const paths = await resolveBinaries(wanted, { say });
  writeFiles(cluster);
  const tend = tenderOf(cluster, paths);
  await waitUntilReady(cluster, tend);
  // Two processes end when the API server cannot answer them yet, so they come after it.
  await waitForObjects(cluster, () => tend(wanted));
}

/** Starts the API server when it is not alive and waits until it is ready. */
export async function startApiServer(cluster: Cluster): Promise<void> {
  await waitUntilReady(cluster, tenderOf(cluster, await resolveBinaries(['etcd', 'kube-apiserver'])));
}

function tenderOf(cluster: Cluster, paths: Partial<Record<ProcessName, string>>): Tend {
  const started = new Set<ProcessName>();
  return async (names) => {
    for (const name of names) {
      if (pidOf(cluster.dir, name) !== undefined) continue;
      if (started.has(name)) {
        throw new Error(`${name} ended soon after its start; last lines of its log:\n${logTail(cluster.dir, name)}`);
      }
      await ensureProcess(cluster.dir, specOf(cluster, name, paths[name] ?? name));
      started.add(name);
    }
  };
}

/** The processes that this cluster is meant to have. */
export function wantedProcesses({ record }: Cluster): ProcessName[] {
  return controlPlaneProcesses.filter((name) => {
    if (name === 'kube-controller-manager') return record.controllers.length > 0;
    return name !== 'kube-scheduler' || record.scheduler;
  });
}

function specOf(cluster: Cluster, name: ProcessName, file: string): ProcessSpec {
  const args: Record<ProcessName, (cluster: Cluster) => string[]> = {
    etcd: etcdArgs,
    'kube-apiserver': apiServerArgs,
    'kube-controller-manager': controllerManagerArgs,
    'kube-scheduler': schedulerArgs,
  };
  return { name, file, args: args[name](cluster) };
}

/** Files that follow from the record; written every time, so that a lost or damaged one heals. */
function writeFiles(cluster: Cluster): void {
  const { dir, record } = cluster;
  ensurePki(dir, record.slot, nodePlaces(record.name, record.slot, record.nodes));
  writePrivately(tokenFile(dir), `${record.adminToken},admin,admin,"system:masters"\n`);
  const server = serverUrl(cluster);
  for (const component of ['kube-controller-manager', 'kube-scheduler']) {
    writeKubeconfig(componentKubeconfig(dir, component), dir, { name: component, server, certificate: component });
  }
  const admin = { name: `meshery-${record.name}`, server, certificate: 'admin', token: record.adminToken };
  writeKubeconfig(adminKubeconfigPath(dir), dir, admin);
}

/** Waits until /readyz says ok. */
async function waitUntilReady(cluster: Cluster, tend: Tend): Promise<void> {
  const explain = (): string => `last lines of kube-apiserver's log:\n${logTail(cluster.dir, 'kube-apiserver')}`;
  await withApi(cluster, (api) =>
    waitFor({ what: 'the API server being ready', timeoutMs: READY_TIMEOUT_MS, explain }, async () => {
      await tend(['etcd', 'kube-apiserver']);
      return (await isOk(api, '/readyz')) ? true : undefined;
    }),
  );
}

/** Waits for the objects that every client takes for granted. */
async function waitForObjects(cluster: Cluster, tend: () => Promise<void>): Promise<void> {
  await withApi(cluster, async (api) => {
    await tend();
    for (const path of expectedObjects(cluster)) {
      await waitFor({ what: `${path} existing`, timeoutMs: READY_TIMEOUT_MS }, async () => {
        await tend();
        return (await isOk(api, path)) ? true : undefined;
      });
    }
  });
}

function expectedObjects({ record }: Cluster): string[] {
  const namespaces = ['/api/v1/namespaces/kube-system', '/api/v1/namespaces/default'];
  const hasAccounts = record.controllers.some((name) => name === '*' || name.startsWith('serviceaccount-controller'));
  return hasAccounts ? [...namespaces, '/api/v1/namespaces/default/serviceaccounts/default'] : namespaces;
}

/** True when the path is answered 200; an answer that cannot be had yet is a no. */
async function isOk(api: ApiClient, path: string): Promise<boolean> {
  try {
    return (await api.send({ path, timeoutMs: 5_000 })).status === 200;
  } catch {
    // Refused, reset or late: that is what "not ready yet" looks like, and the wait has a deadline and a log to show.
    return false;
  }
}
