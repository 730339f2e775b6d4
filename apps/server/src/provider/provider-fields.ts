import type { ConfigFields } from '@meshery/config';
import { z } from 'zod';

const urls = z
  .string()
  .default('')
  .transform((value) =>
    value
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  );

/** Who vouches for users. */
export const providerFields = {
  providerUrls: {
    schema: urls.refine((all) => all.every(isProviderUrl), { error: 'has an entry that is not an http(s) address' }),
    env: 'PROVIDER_BASE_URLS',
    placeholder: 'URLS',
    description: 'remote providers that users may sign in with, comma-separated',
  },
  provider: {
    schema: z.string().min(1).optional(),
    env: 'PROVIDER',
    placeholder: 'NAME',
    description: 'the only provider: Local, or the host of one of PROVIDER_BASE_URLS; without it people choose',
  },
  callbackUrl: {
    schema: z.url().optional(),
    env: 'MESHERY_SERVER_CALLBACK_URL',
    description: 'where remote providers send browsers back to, else this server as the browser names it',
  },
} as const satisfies ConfigFields;

function isProviderUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && new URL(text).username === '';
}
