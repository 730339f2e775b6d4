import type { ConfigFields } from '@meshery/config';
import { z } from 'zod';

const text = z.string().min(1).optional();

/** Where the exported pages are. */
export const webFields = {
  dashboardDir: {
    schema: text,
    flag: 'dashboard-dir',
    env: 'MESHERY_DASHBOARD_DIR',
    placeholder: 'DIR',
    description: 'the exported dashboard',
  },
  providerUiDir: {
    schema: text,
    flag: 'provider-ui-dir',
    env: 'MESHERY_PROVIDER_UI_DIR',
    placeholder: 'DIR',
    description: 'the exported sign-in page',
  },
} as const satisfies ConfigFields;
