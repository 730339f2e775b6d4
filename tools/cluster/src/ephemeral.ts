import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { type Say, sayNothing } from '../../setup/src/progress.ts';
import { serverUrl } from './api-client.ts';
import { ensureControlPlane, startApiServer, wantedProcesses } from './control-plane.ts';
import { removeCluster } from './down.ts';
import { adminKubeconfigPath } from './kubeconfig.ts';
import { pkiPath } from './pki.ts';
import { type StopOptions, pidOf, stopProcess } from './processes.ts';
import { type Cluster, clusterDir } from './state.ts';
import { register } from './up.ts';

/** How a control plane for tests is made. */
export interface ControlPlaneOptions {
  /** A random one unless told. */
  readonly name?: string;
  /** Where it keeps its data; among the other clusters unless told. */
  readonly dir?: string;
  /** Remove it when this process ends, however it ends; true unless told. */
  readonly ephemeral?: boolean;
  /** The controllers that run: those that creating pods needs, unless told; `['*']` for all, `[]` for no controller manager. */
  readonly controllers?: readonly string[];
  /** False unless told. */
  readonly scheduler?: boolean;
  /** Flags of the API server, which override the usual ones. */
  readonly apiServerArgs?: readonly string[];
  /** Flags of etcd, which override the usual ones. */
  readonly etcdArgs?: readonly string[];
  /** Takes lines of progress; nobody unless told. */
  readonly say?: Say;
}

/** A running control plane; the one who started it stops it. */
export interface ControlPlane {
  readonly name: string;
  readonly dir: string;
  readonly kubeconfigPath: string;
  readonly url: string;
  readonly caPem: string;
  readonly adminCertificatePem: string;
  readonly adminKeyPem: string;
  /** A bearer token of group system:masters. */
  readonly adminToken: string;
  /** The pids of the processes that are alive, by name (`etcd`, `kube-apiserver`, ..). */
  pids(): Record<string, number>;
  /** Ends the API server: SIGTERM, then SIGKILL, unless told; its data stay. */
  stopApiServer(options?: StopOptions): Promise<void>;
  /** Starts the API server when it is not alive, on the same port, and waits until it is ready. */
  startApiServer(): Promise<void>;
  /** Both, one after the other. */
  restartApiServer(options?: StopOptions): Promise<void>;
  /** Ends everything and removes the data; the second call does nothing. */
  stop(): Promise<void>;
}

/** The controllers without which pods cannot be created and namespaces not removed. */
export const minimalControllers: readonly string[] = ['serviceaccount-controller', 'namespace-controller'];

/** Starts a throw-away control plane of its own: about 3 seconds when the programs are built. */
export async function startControlPlane(options: ControlPlaneOptions = {}): Promise<ControlPlane> {
  const name = options.name ?? `test-${randomBytes(5).toString('hex')}`;
  const dir = options.dir ?? clusterDir(name);
  const record = await register(name, dir, {
    nodes: 0,
    controllers: options.controllers ?? minimalControllers,
    scheduler: options.scheduler ?? false,
    apiServerArgs: options.apiServerArgs ?? [],
    etcdArgs: options.etcdArgs ?? [],
  });
  const dismiss = options.ephemeral === false ? () => undefined : hireReaper(dir);
  const stop = async (): Promise<void> => {
    await removeCluster(dir);
    dismiss();
  };
  try {
    await ensureControlPlane({ dir, record }, options.say ?? sayNothing);
  } catch (error) {
    await stop();
    throw error;
  }
  return { ...factsOf({ dir, record }), ...controlsOf({ dir, record }), stop };
}

function factsOf({ dir, record }: Cluster) {
  const pem = (file: string): string => readFileSync(pkiPath(dir, file), 'utf8');
  return {
    name: record.name,
    dir,
    kubeconfigPath: adminKubeconfigPath(dir),
    url: serverUrl({ dir, record }),
    caPem: pem('ca.crt'),
    adminCertificatePem: pem('admin.crt'),
    adminKeyPem: pem('admin.key'),
    adminToken: record.adminToken,
  };
}

function controlsOf(cluster: Cluster) {
  const stopApiServer = (how: StopOptions = {}): Promise<void> => stopProcess(cluster.dir, 'kube-apiserver', how);
  const start = (): Promise<void> => startApiServer(cluster);
  return {
    stopApiServer,
    startApiServer: start,
    restartApiServer: async (how: StopOptions = {}): Promise<void> => {
      await stopApiServer(how);
      await start();
    },
    pids: (): Record<string, number> => {
      const alive = wantedProcesses(cluster).map((process) => [process, pidOf(cluster.dir, process)] as const);
      return Object.fromEntries(alive.filter((entry): entry is [(typeof entry)[0], number] => entry[1] !== undefined));
    },
  };
}

/** A shell that waits for the end of our pipe, and so of this process, and then removes the cluster; gives a way to send it home. */
function hireReaper(dir: string): () => void {
  const program = fileURLToPath(new URL('reap.ts', import.meta.url));
  const script = 'read -r dismissed || exec "$0" "$1" "$2"';
  const shell = spawn('/bin/sh', ['-c', script, process.execPath, program, dir], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  shell.unref();
  const pipe = shell.stdin as unknown as Socket;
  pipe.unref();
  return () => {
    if (!pipe.destroyed) pipe.end('dismissed\n');
  };
}
