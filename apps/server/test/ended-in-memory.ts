import type { RemoteSessionsParts } from '../src/provider/remote/remote-sessions.ts';

/** Ended tokens of a test that needs no database. */
export function endedInMemory(): RemoteSessionsParts['ended'] {
  const ids = new Set<string>();
  return {
    has: (id) => ids.has(id),
    find: (id) => Promise.resolve(ids.has(id)),
    add: (more) => {
      for (const id of more) ids.add(id);
      return Promise.resolve();
    },
  };
}
