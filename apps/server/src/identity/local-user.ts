import type { Identity } from '@meshery/observability';
import { localProviderName } from '@meshery/security';

/** The one user of the Local provider: whoever owns this machine or its sign-in code. */
export const localUser: Identity = {
  userId: '00000000-0000-4000-8000-000000000001',
  name: 'Meshery',
  provider: localProviderName,
  roles: ['admin'],
};
