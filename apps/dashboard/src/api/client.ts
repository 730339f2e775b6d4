import { createMesheryClient } from '@meshery/client';

/** Calls the server that this page came from, in the session of its user. */
export const client = createMesheryClient({ baseUrl: '' });
