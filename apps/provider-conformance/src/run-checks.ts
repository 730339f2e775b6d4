import { checkCapabilities } from './checks/check-capabilities.ts';
import { checkFeatures } from './checks/check-features.ts';
import { checkKeys } from './checks/check-keys.ts';
import { checkLogin } from './checks/check-login.ts';
import { checkEnd, checkIntrospection, checkRefresh } from './checks/check-session.ts';
import type { ProviderRun } from './checks/provider-run.ts';

/** Makes every check that can be made, and tells which could not. */
export async function runChecks(run: ProviderRun): Promise<void> {
  const offered = await checkCapabilities(run);
  const keys = await checkKeys(run);
  if (await checkLogin(run, keys ?? [])) {
    const tokens = await checkIntrospection(run);
    if (tokens !== undefined) {
      await checkFeatures(run, offered ?? new Map(), tokens);
      await checkRefresh(run, tokens);
    }
    await checkEnd(run);
  }
  run.list.finish();
}
