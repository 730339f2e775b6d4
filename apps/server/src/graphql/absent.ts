import { MesheryError } from '@meshery/errors';

/** For `catch`: what does not exist is undefined, whatever else went wrong is thrown again. */
export function absentAsUndefined(error: unknown): undefined {
  if (error instanceof MesheryError && error.code === 'meshery-core-1002') return undefined;
  throw error;
}
