/** Installs and builds what the project's commands and tests need. */
export {
  type BinaryOptions,
  cacheRoot,
  controlPlaneBinaries,
  findBinary,
  nodeBinaries,
  resolveBinaries,
  resolveBinary,
} from './binaries.ts';
export { cniPluginFolder, postgresFolder } from './debian-packages.ts';
export { type Say, sayNothing, sayOnStderr, step } from './progress.ts';
export { type BinaryName, KUBERNETES_VERSION } from './recipes.ts';
export { type CommandOptions, type CommandResult, findOnPath, runCommand, runCommandAnyway } from './run-command.ts';
export { type MissingNeeds, type TestNeed, allTestNeeds, ensureTestNeeds, missingTestNeeds } from './test-needs.ts';
export { ToolError, describeError } from './tool-error.ts';
