import { isDeepStrictEqual } from 'node:util';
import { expect, expectStatus, fieldsOf } from '../mismatch.ts';
import type { FeatureRun } from './feature-run.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Makes a record, reads, changes and removes it. */
export async function checkRecords(run: FeatureRun): Promise<void> {
  await run.checkAnonymous(['GET', 'POST']);
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
  await checkAssigned(run, id);
  const isRemoved = await run.check('remove', async () => {
    expectStatus(await run.send('DELETE', `/${id}`), 200, 299);
    return true;
  });
  if (isRemoved === true) await run.check('gone', async () => expectStatus(await run.send('GET', `/${id}`), 404));
}

/** Assigns a record of another feature, and takes it back. */
async function checkAssigned(run: FeatureRun, id: string): Promise<void> {
  const { holds } = run.parts.feature;
  if (holds === undefined) return;
  const other = run.other(holds);
  if (!other.hasEndpoint) {
    run.skip('assign', `"${holds}" is not offered`);
    return;
  }
  await run.check('assign', async () => {
    const held = await other.create();
    const isListed = async (isAssigned: boolean): Promise<boolean> => {
      const filter = JSON.stringify({ workspace: { id, isAssigned } });
      return (await other.page(String(held.name), { filter })).rows.some((row) => row.id === held.id);
    };
    const link = `/${id}/${holds}/${held.id}`;
    expectStatus(await run.send('POST', link), 200, 299);
    const during = [await isListed(true), await isListed(false)];
    expectStatus(await run.send('DELETE', link), 200, 299);
    const after = [await isListed(true), await isListed(false)];
    await other.send('DELETE', `/${held.id}`);
    expect(during.join() === 'true,false', 'the assigned one is not in the list, or in that of the others');
    expect(after.join() === 'false,true', 'it is still assigned after DELETE');
  });
}

async function expectKept(run: FeatureRun, id: string, sent: Fields): Promise<void> {
  const answer = await run.send('GET', `/${id}`);
  expectStatus(answer, 200);
  const record = fieldsOf(answer.body);
  const known = Object.entries(sent).filter(([, value]) => value !== undefined);
  const lost = known.filter(([field, value]) => !isDeepStrictEqual(record[field], value)).map(([field]) => field);
  expect(lost.length === 0, `other or missing: ${lost.join(', ')}`);
}
