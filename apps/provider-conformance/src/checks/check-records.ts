import { isDeepStrictEqual } from 'node:util';
import { expect, expectStatus, fieldsOf } from '../mismatch.ts';
import type { FeatureRun } from './feature-run.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Makes a record, reads, changes and removes it. */
export async function checkRecords(run: FeatureRun): Promise<void> {
  await run.checkAnonymous();
  const made = await run.check('create', () => run.create());
  if (made === undefined) return;
  const { id, name, ...rest } = made;
  await run.check('list', async () => {
    const { rows } = await run.page(String(name));
    expect(
      rows.some((row) => row.id === id),
      'the list does not have the new record',
    );
  });
  await run.check('get', () => expectKept(run, id, { name, ...rest }));
  const { change } = run.parts.feature;
  if (change !== undefined) {
    await run.check('update', async () => {
      expectStatus(await run.send('PUT', `/${id}`, { body: { name, ...rest, ...change } }), 200);
      await expectKept(run, id, change);
    });
  }
  const isRemoved = await run.check('remove', async () => {
    expectStatus(await run.send('DELETE', `/${id}`), 200, 299);
    return true;
  });
  if (isRemoved === true) await run.check('gone', async () => expectStatus(await run.send('GET', `/${id}`), 404));
}

async function expectKept(run: FeatureRun, id: string, sent: Fields): Promise<void> {
  const answer = await run.send('GET', `/${id}`);
  expectStatus(answer, 200);
  const record = fieldsOf(answer.body);
  const known = Object.entries(sent).filter(([, value]) => value !== undefined);
  const lost = known.filter(([field, value]) => !isDeepStrictEqual(record[field], value)).map(([field]) => field);
  expect(lost.length === 0, `other or missing: ${lost.join(', ')}`);
}
