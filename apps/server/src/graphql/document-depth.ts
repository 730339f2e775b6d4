import { MesheryError } from '@meshery/errors';

/** Levels of brackets in a document: the parser calls itself for each. Fields may be nested far less than that. */
const maxLevels = 100;

/** Throws `meshery-core-1001` for the text of a document that would make its parser run out of stack. */
export function refuseDeepDocument(document: unknown): void {
  if (typeof document !== 'string' || document.length <= maxLevels) return;
  let levels = 0;
  for (const [bracket] of document.matchAll(/"(?:[^"\\\n]|\\.)*"|[[\]{}()]/g)) {
    if ('[{('.includes(bracket)) levels += 1;
    else if (')}]'.includes(bracket)) levels -= 1;
    if (levels > maxLevels) throw tooDeep();
  }
}

function tooDeep(): MesheryError {
  return new MesheryError('meshery-core-1001', `The document is nested deeper than ${String(maxLevels)} levels.`, {
    probableCause: 'It was put together by a program that went wrong, or in bad faith; nothing was executed.',
    remedy: 'Send it with fewer levels; long values belong into variables.',
  });
}
