'use client';

import createCache, { type EmotionCache } from '@emotion/cache';
import { CacheProvider } from '@emotion/react';
import { useServerInsertedHTML } from 'next/navigation';
import { useState, type ReactNode } from 'react';

interface Registry {
  readonly cache: EmotionCache;
  /** Styles added since the last call, for the HTML that is being written. */
  readonly flush: () => readonly string[];
}

function createRegistry(): Registry {
  const cache = createCache({ key: 'm', prepend: true });
  cache.compat = true;
  const insert = cache.insert;
  let names: string[] = [];
  cache.insert = (...args) => {
    const serialized = args[1];
    if (cache.inserted[serialized.name] === undefined) names.push(serialized.name);
    return insert(...args);
  };
  return {
    cache,
    flush: () => {
      const flushed = names;
      names = [];
      return flushed;
    },
  };
}

/** Collects the styles of prerendered components into the exported HTML, so that nothing is unstyled before hydration. */
export function StyleRegistry({ children }: { children: ReactNode }) {
  const [registry] = useState(createRegistry);
  useServerInsertedHTML(() => {
    const names = registry.flush();
    if (names.length === 0) return undefined;
    const css = names.map((name) => registry.cache.inserted[name]).filter((style) => typeof style === 'string');
    return (
      <style
        key={registry.cache.key}
        data-emotion={`${registry.cache.key} ${names.join(' ')}`}
        dangerouslySetInnerHTML={{ __html: css.join('') }}
      />
    );
  });
  return <CacheProvider value={registry.cache}>{children}</CacheProvider>;
}
