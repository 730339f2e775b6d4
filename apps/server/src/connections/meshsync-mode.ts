import { MesheryError } from '@meshery/errors';
import type { Connection } from '@meshery/object-model';

/** Who discovers a cluster: the operator and MeshSync in it, or an agent inside of this server. */
export type MeshsyncMode = 'operator' | 'embedded';

/** Key of the metadata under which a connection keeps its mode. */
export const modeKey = 'meshsyncDeploymentMode';
const olderModeKey = 'meshsync_deployment_mode';

/** The mode of a connection; the one of the server where it says none. */
export function modeOf({ metadata }: Pick<Connection, 'metadata'>, fallback: MeshsyncMode): MeshsyncMode {
  const mode = metadata[modeKey];
  return mode === 'operator' || mode === 'embedded' ? mode : fallback;
}

/** Metadata as a client gives them, with the mode under its one key. Throws as `checkMode` does. */
export function withMode(kind: string, given: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { [olderModeKey]: older, ...rest } = given;
  const mode = older ?? rest[modeKey];
  if (mode === undefined) return rest;
  checkMode(kind, mode);
  return { ...rest, [modeKey]: mode };
}

/** Throws `meshery-core-1001` for what is no mode of discovery, or no cluster. */
export function checkMode(kind: string, mode: unknown): asserts mode is MeshsyncMode {
  if (kind !== 'kubernetes') {
    throw wrong('Only connections of kind kubernetes have a MeshSync mode.', 'Leave the mode out.');
  }
  if (mode !== 'embedded' && mode !== 'operator') {
    throw wrong('The MeshSync mode must be "operator" or "embedded".', 'Use one of the two.');
  }
}

function wrong(message: string, remedy: string): MesheryError {
  return new MesheryError('meshery-core-1001', message, {
    probableCause: 'The request was put together wrongly; nothing was changed.',
    remedy,
  });
}
