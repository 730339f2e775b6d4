/** The only door to tools/: programs and local control planes. */
export {
  type ControlPlane,
  type ControlPlaneOptions,
  minimalControllers,
  startControlPlane,
} from '../../../../tools/cluster/src/index.ts';
export { cacheRoot, resolveBinary } from '../../../../tools/setup/src/binaries.ts';
export { ensureTestNeeds } from '../../../../tools/setup/src/test-needs.ts';
export { runCommand, runCommandAnyway } from '../../../../tools/setup/src/run-command.ts';
