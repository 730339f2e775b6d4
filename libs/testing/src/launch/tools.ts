/** The only door to tools/: programs and local control planes. */
export {
  type ControlPlane,
  type ControlPlaneOptions,
  composeImage,
  down,
  importImageArchive,
  minimalControllers,
  setNodeConnected,
  startControlPlane,
  up,
} from '../../../../tools/cluster/src/index.ts';
export { issue, newAuthority } from '../../../../tools/cluster/src/x509.ts';
export { cacheRoot, resolveBinary } from '../../../../tools/setup/src/binaries.ts';
export { buildImages } from '../../../../tools/images/src/build-images.ts';
export { memorySettings } from '../../../../tools/images/src/memory-settings.ts';
export { type CommitBuild, buildCommit } from '../../../../tools/images/src/commit-images.ts';
export { libraryEntries, sharedLibraries } from '../../../../tools/images/src/shared-libraries.ts';
export { sayNothing } from '../../../../tools/setup/src/progress.ts';
export { ensureTestNeeds } from '../../../../tools/setup/src/test-needs.ts';
export { runCommand, runCommandAnyway } from '../../../../tools/setup/src/run-command.ts';
