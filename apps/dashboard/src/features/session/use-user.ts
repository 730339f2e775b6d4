'use client';

import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { fetchUser, type SignedInUser } from '../../api/session-api.ts';

/** Who is signed in; asked again when the window is looked at, since an administrator may rename people. */
export function useUser(): UseQueryResult<SignedInUser> {
  return useQuery({ queryKey: ['user'], queryFn: ({ signal }) => fetchUser(signal) });
}
