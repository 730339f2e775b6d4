'use client';

import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { signOut } from '../../api/session-api.ts';

/** The Back button may bring a page back as it was, with everything on it. */
function reloadWhenBroughtBack(): void {
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) window.location.reload();
  });
}

/** Signs out, forgets what was read from the server and goes to the sign-in page; a failure changes nothing. */
export function useSignOut(): UseMutationResult<string, Error, void> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: signOut,
    networkMode: 'always',
    onSuccess: (page) => {
      client.clear();
      reloadWhenBroughtBack();
      window.location.replace(page);
    },
  });
}
