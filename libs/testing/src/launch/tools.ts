/** The only door to tools/: programs and local control planes. */
export {
  type ControlPlane,
  type ControlPlaneOptions,
  composeImage,
  connectMachine,
  down,
  importImageArchive,
  minimalControllers,
  removeCgroup,
  setNodeConnected,
  startControlPlane,
  up,
} from '../../../../tools/cluster/src/index.ts';
export { issue, newAuthority } from '../../../../tools/cluster/src/x509.ts';
export { cacheRoot, requireGo, resolveBinary } from '../../../../tools/setup/src/binaries.ts';
export { buildImages } from '../../../../tools/images/src/build-images.ts';
export { memorySettings } from '../../../../tools/images/src/memory-settings.ts';
export { nodeBase } from '../../../../tools/images/src/recipes.ts';
export { rootFiles } from '../../../../tools/images/src/root-files.ts';
export { type CommitBuild, buildCommit } from '../../../../tools/images/src/commit-images.ts';
export { libraryEntries, sharedLibraries } from '../../../../tools/images/src/shared-libraries.ts';
export { sayNothing } from '../../../../tools/setup/src/progress.ts';
export { ensureTestNeeds } from '../../../../tools/setup/src/test-needs.ts';
export {
  type CommandOptions,
  findOnPath,
  runCommand,
  runCommandAnyway,
} from '../../../../tools/setup/src/run-command.ts';
