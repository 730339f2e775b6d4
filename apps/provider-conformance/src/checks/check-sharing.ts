import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { features } from '../features.ts';
import { expect, expectStatus, fieldsOf } from '../mismatch.ts';
import type { FeatureRun } from './feature-run.ts';

/** What is published for others. */
export async function checkCatalog(run: FeatureRun): Promise<void> {
  await run.checkAnonymous();
  if (!hasRecords(run, ['publish', 'withdraw'])) return;
  await run.check('publish', () =>
    run.withRecord(async ({ id, name }) => {
      expectStatus(await run.send('POST', '', { body: { id } }), 200, 299);
      const { rows } = await run.page(String(name));
      await run.send('DELETE', `/${id}`);
      expect(
        rows.some((row) => row.id === id),
        'the list does not have it',
      );
    }),
  );
  await run.check('withdraw', () =>
    run.withRecord(async ({ id, name }) => {
      await run.send('POST', '', { body: { id } });
      expectStatus(await run.send('DELETE', `/${id}`), 200, 299);
      const { rows } = await run.page(String(name));
      expect(!rows.some((row) => row.id === id), 'the list still has it');
    }),
  );
}

/** A copy of one's own. */
export async function checkClone(run: FeatureRun): Promise<void> {
  if (!hasRecords(run, ['copy', 'gone'])) return;
  const { run: all, feature, offered, token } = run.parts;
  await run.check('copy', () =>
    run.withRecord(async ({ id }) => {
      const answer = await run.send('POST', `/${id}`, { body: { name: 'check copy' } });
      expectStatus(answer, 200, 299);
      const copy = fieldsOf(answer.body);
      expect(typeof copy.id === 'string' && copy.id !== id, 'the copy has no id of its own');
      await all.api.send('DELETE', `${offered.get(feature.of ?? '') ?? ''}/${copy.id}`, { token });
      const content = Object.entries(features[feature.of ?? '']?.sample ?? {});
      expect(
        content.every(([field, value]) => isDeepStrictEqual(copy[field], value)),
        'the content is another',
      );
    }),
  );
  await run.check('gone', async () => expectStatus(await run.send('POST', `/${randomUUID()}`, { body: {} }), 404));
}

/** Whom something is shared with. */
export async function checkShare(run: FeatureRun): Promise<void> {
  if (!hasRecords(run, ['keep', 'gone'])) return;
  const users = [run.parts.subject];
  await run.check('keep', () =>
    run.withRecord(async ({ id }) => {
      expectStatus(await run.send('POST', `/${id}`, { body: { users } }), 200, 299);
      const answer = await run.send('GET', `/${id}`);
      expectStatus(answer, 200);
      expect(isDeepStrictEqual(fieldsOf(answer.body).users, users), 'other users or none');
    }),
  );
  await run.check('gone', async () => expectStatus(await run.send('GET', `/${randomUUID()}`), 404));
}

/** Without a place to make records there is nothing to share. */
function hasRecords(run: FeatureRun, operations: readonly string[]): boolean {
  const { feature, offered } = run.parts;
  const isThere = (offered.get(feature.of ?? '') ?? '') !== '';
  if (!isThere) for (const operation of operations) run.skip(operation, `"${feature.of ?? ''}" is not offered`);
  return isThere;
}
