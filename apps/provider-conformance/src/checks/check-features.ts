import { checksOf, features } from '../features.ts';
import { partOf } from '../tokens.ts';
import type { Tokens } from '../tokens.ts';
import { checkFeed, checkSummary } from './check-events.ts';
import { checkAnonymousUser, checkPage, checkPeople, checkPreferences, checkSelf } from './check-people.ts';
import { checkCatalog, checkClone, checkShare } from './check-sharing.ts';
import { checkRecords } from './check-records.ts';
import type { FeatureCheck } from './feature-run.ts';
import { FeatureRun } from './feature-run.ts';
import type { ProviderRun } from './provider-run.ts';

const checks: Readonly<Record<(typeof features)[string]['form'], FeatureCheck>> = {
  records: checkRecords,
  page: checkPage,
  people: checkPeople,
  feed: checkFeed,
  preferences: checkPreferences,
  self: checkSelf,
  summary: checkSummary,
  catalog: checkCatalog,
  clone: checkClone,
  share: checkShare,
  anonymous: checkAnonymousUser,
};

/** Every feature that is offered, at its endpoint. */
export async function checkFeatures(
  run: ProviderRun,
  offered: ReadonlyMap<string, string>,
  tokens: Tokens,
): Promise<void> {
  const { sub } = partOf(tokens.access, 1);
  const subject = typeof sub === 'string' ? sub : '';
  const organizationId = await organizationOf(run, offered.get('organizations'), tokens.cookie);
  for (const [name, feature] of Object.entries(features)) {
    const endpoint = offered.get(name);
    const featureRun = new FeatureRun({ run, name, feature, offered, token: tokens.cookie, subject, organizationId });
    if (endpoint === undefined) run.list.skip(checksOf(name), 'not offered');
    else if (endpoint === '') run.list.skip(checksOf(name), 'offered without an endpoint');
    else await checks[feature.form](featureRun);
  }
}

/** Things of a workspace belong to an organization, which is taken from the list of them. */
async function organizationOf({ api }: ProviderRun, endpoint = '', token = ''): Promise<string | undefined> {
  if (endpoint === '') return undefined;
  const { body } = await api.send('GET', endpoint, { token }).catch(() => ({ body: undefined }));
  const lists = Object.values(body ?? {}).filter((value): value is unknown[] => Array.isArray(value));
  const { id } = (lists[0]?.[0] ?? {}) as { readonly id?: unknown };
  return typeof id === 'string' ? id : undefined;
}
