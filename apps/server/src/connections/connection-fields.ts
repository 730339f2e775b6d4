import type { ConfigFields } from '@meshery/config';
import { z } from 'zod';

/** Settings of what connections keep and whom they call. */
export const connectionFields = {
  masterKeyFile: {
    schema: z.string().min(1).optional(),
    env: 'MESHERY_MASTER_KEY_FILE',
    description: 'key that wraps the keys of stored credentials, else keys/master.json of the data folder',
  },
  kmsEndpoint: {
    schema: z
      .string()
      .regex(/^unix:\/\/\/.+/, 'is not an address such as unix:///run/kms/kms.sock')
      .optional(),
    env: 'MESHERY_KMS_ENDPOINT',
    placeholder: 'URL',
    description:
      'plugin of Kubernetes for key management services (KMS v2) that wraps the master key instead of a file',
  },
  egressPrivate: {
    schema: z.enum(['true', 'false']).optional(),
    env: 'MESHERY_EGRESS_PRIVATE',
    description:
      'call addresses of private networks and of this machine for users, else only when listening on loopback',
  },
} as const satisfies ConfigFields;
