import { MesheryError } from '@meshery/errors';

/**
 * Where a cluster may be discovered from. Throws `meshery-core-1001` for what is no mode, or no cluster, and
 * `meshery-core-1009` for the mode that is not there yet.
 */
export function checkMode(kind: string, mode: unknown): void {
  if (kind !== 'kubernetes') {
    throw wrong('Only connections of kind kubernetes have a MeshSync mode.', 'Leave the mode out.');
  }
  if (mode !== 'embedded' && mode !== 'operator') {
    throw wrong('The MeshSync mode must be "operator" or "embedded".', 'Use one of the two.');
  }
  if (mode === 'embedded') return;
  throw new MesheryError('meshery-core-1009', 'The server cannot deploy the operator by itself yet.', {
    probableCause: 'Only the embedded mode is there.',
    remedy: 'Use the mode "embedded", or install the operator in the cluster with its manifests.',
  });
}

function wrong(message: string, remedy: string): MesheryError {
  return new MesheryError('meshery-core-1001', message, {
    probableCause: 'The request was put together wrongly; nothing was changed.',
    remedy,
  });
}
