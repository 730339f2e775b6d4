import { MesheryError } from '@meshery/errors';

/** The error for a kind that is there. */
export function isRegistered(kind: string): MesheryError {
  return new MesheryError('meshery-registry-2102', `There is a kind of connection "${kind}" already.`, {
    probableCause: 'Somebody registered it before, or the server itself knows it.',
    remedy: `Change that one, or choose another kind: GET /api/registry/connections?kind=${encodeURIComponent(kind)}.`,
  });
}

/** The error for a kind whose life the server itself goes through. */
export function isBuiltIn(kind: string): MesheryError {
  return new MesheryError('meshery-registry-2103', `The kind "${kind}" is the server's own and stays as it is.`, {
    probableCause: 'The server itself leads connections of this kind through their life.',
    remedy: 'Register a kind of your own beside it: POST /api/registry/connections.',
  });
}

/** The error for a kind that connections have. */
export function isUsed(kind: string): MesheryError {
  return new MesheryError('meshery-registry-2104', `There are connections of kind "${kind}".`, {
    probableCause: 'A connection cannot be without the definition of its kind; some may be of other organizations.',
    remedy: 'Remove the connections of this kind first: GET /api/integrations/connections?kind=.. lists yours.',
  });
}

/** The error for a life that would leave connections behind. */
export function leavesBehind(kind: string, statuses: readonly string[]): MesheryError {
  return new MesheryError('meshery-registry-2104', `Connections of kind "${kind}" are ${statuses.join(' and ')}.`, {
    probableCause: 'The new life does not come to where they are, so that they could not go on.',
    remedy: 'Move them on or remove them first, or keep these statuses in the transition map.',
    details: { statuses },
  });
}

/** The error for a kind too many. */
export function tooMany(most: number): MesheryError {
  return new MesheryError(
    'meshery-registry-2101',
    `There are ${String(most)} kinds of connections, the most there may be.`,
    {
      probableCause: 'A program registers kinds without end, or kinds are left over that nobody uses.',
      remedy: 'Remove kinds that no connection has, then try again.',
    },
  );
}

/** The error for a model that a name does not tell from others. */
export function severalModels(name: string): MesheryError {
  return new MesheryError('meshery-core-1001', `There are several models "${name}".`, {
    probableCause: 'They are of other versions, or other registrants brought them.',
    remedy: 'Name the model by its id: "modelId".',
  });
}

/** The error for another kind than that of the definition. */
export function isOtherKind(kind: string): MesheryError {
  return new MesheryError('meshery-core-1001', `This is the kind "${kind}", which cannot become another.`, {
    probableCause: 'Connections name their kind, and everybody knows it by that.',
    remedy: 'Send "kind" as it is, or register another kind.',
  });
}
