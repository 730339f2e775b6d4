/** Local real Kubernetes clusters, for tests, benchmarks and the playground. */
export { removeCgroup } from './cgroups.ts';
export { type DownOptions, down } from './down.ts';
export { type ControlPlane, type ControlPlaneOptions, minimalControllers, startControlPlane } from './ephemeral.ts';
export { setNodeConnected } from './faults.ts';
export { importImageArchive } from './images.ts';
export { adminKubeconfigPath } from './kubeconfig.ts';
export { connectMachine } from './machines.ts';
export { type ImageSpec, composeImage } from './oci-image.ts';
export type { StopOptions } from './processes.ts';
export { clusterDir, clusterNames } from './state.ts';
export { type ClusterStatus, type ProcessStatus, status, statusOfAll } from './status.ts';
export type { TarEntry } from './tar.ts';
export { type UpOptions, up } from './up.ts';
