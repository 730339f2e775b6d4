import { useSyncExternalStore } from 'react';

function never(): () => void {
  return () => undefined;
}

/** A parameter of the address; undefined until the page runs in a browser, as in the exported HTML. */
function useParameter(name: string): string | undefined {
  return useSyncExternalStore(
    never,
    () => new URLSearchParams(window.location.search).get(name) ?? undefined,
    () => undefined,
  );
}

/** What led to the page: the code of a sign-in that failed, and the path to go to afterwards. */
export function useRequest(): { readonly error: string | undefined; readonly next: string | undefined } {
  return { error: useParameter('error'), next: useParameter('next') };
}
