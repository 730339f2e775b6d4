import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { expect, expectStatus, fieldsOf } from '../mismatch.ts';
import type { FeatureRun } from './feature-run.ts';

/** What is published for others. */
export async function checkCatalog(run: FeatureRun): Promise<void> {
  await run.checkAnonymous(['GET', 'POST']);
  const records = recordsOf(run, ['publish', 'withdraw']);
  if (records === undefined) return;
  await run.check('publish', () =>
    records.withRecord(async ({ id, name }) => {
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
    records.withRecord(async ({ id, name }) => {
      await run.send('POST', '', { body: { id } });
      expectStatus(await run.send('DELETE', `/${id}`), 200, 299);
      const { rows } = await run.page(String(name));
      expect(!rows.some((row) => row.id === id), 'the list still has it');
    }),
  );
}

/** A copy of one's own. */
export async function checkClone(run: FeatureRun): Promise<void> {
  await run.checkAnonymous(['POST'], `/${randomUUID()}`);
  const records = recordsOf(run, ['copy', 'gone']);
  if (records === undefined) return;
  await run.check('copy', () =>
    records.withRecord(async ({ id }) => {
      const answer = await run.send('POST', `/${id}`, { body: { name: 'check copy' } });
      expectStatus(answer, 200, 299);
      const copy = fieldsOf(answer.body);
      expect(typeof copy.id === 'string' && copy.id !== id, 'the copy has no id of its own');
      await records.send('DELETE', `/${copy.id}`);
      const content = Object.entries(records.parts.feature.sample ?? {});
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
  await run.checkAnonymous(['GET', 'POST'], `/${randomUUID()}`);
  const records = recordsOf(run, ['keep', 'gone']);
  if (records === undefined) return;
  const users = [run.parts.subject];
  await run.check('keep', () =>
    records.withRecord(async ({ id }) => {
      expectStatus(await run.send('POST', `/${id}`, { body: { users } }), 200, 299);
      const answer = await run.send('GET', `/${id}`);
      expectStatus(answer, 200);
      expect(isDeepStrictEqual(fieldsOf(answer.body).users, users), 'other users or none');
    }),
  );
  await run.check('gone', async () => expectStatus(await run.send('GET', `/${randomUUID()}`), 404));
}

/** Where the records are kept; without such a place there is nothing to share. */
function recordsOf(run: FeatureRun, operations: readonly string[]): FeatureRun | undefined {
  const { of = '' } = run.parts.feature;
  const records = run.other(of);
  if (records.hasEndpoint) return records;
  for (const operation of operations) run.skip(operation, `"${of}" is not offered`);
  return undefined;
}
