import { useEffect, useState } from 'react';
import { followProviders, listProviders, type ListedProvider } from '../../api/providers.ts';

/** The providers as far as they are known, and whether asking for them failed. */
export interface KnownProviders {
  readonly all: readonly ListedProvider[];
  readonly hasFailed: boolean;
}

/** The providers of the server with their states, kept up to date. */
export function useProviders(): KnownProviders {
  const [known, setKnown] = useState<ReadonlyMap<string, ListedProvider>>(new Map());
  const [hasFailed, setFailed] = useState(false);
  useEffect(() => {
    const left = new AbortController();
    // What the stream says is newer than the list, whichever comes first.
    const learn = (listed: readonly ListedProvider[], isNewer: boolean): void => {
      const entries = listed.map((one) => [one.key, one] as const);
      setKnown((before) => new Map(isNewer ? [...before, ...entries] : [...entries, ...before]));
      setFailed(false);
    };
    followProviders((changed) => learn([changed], true), left.signal);
    listProviders(left.signal).then(
      (listed) => learn(listed, false),
      () => setFailed(!left.signal.aborted),
    );
    return () => left.abort();
  }, []);
  return { all: [...known.values()], hasFailed };
}
