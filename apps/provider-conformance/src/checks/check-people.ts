import { randomUUID } from 'node:crypto';
import { expect, expectStatus, fieldsOf } from '../mismatch.ts';
import { tokensOf } from '../tokens.ts';
import type { FeatureRun } from './feature-run.ts';
import { expectKnown, introspect } from './provider-run.ts';

/** A list that is only read. */
export async function checkPage(run: FeatureRun): Promise<void> {
  await run.check('list', () => run.page());
  await run.checkAnonymous();
}

/** The users, of whom one asks. */
export async function checkPeople(run: FeatureRun): Promise<void> {
  await run.check('list', async () => {
    const { rows } = await run.page();
    expect(
      rows.some((row) => row.id === run.parts.subject),
      'the list does not have who asks',
    );
  });
  await run.checkAnonymous();
}

/** What a user prefers; afterwards it is as it was. */
export async function checkPreferences(run: FeatureRun): Promise<void> {
  await run.check('keep', async () => {
    const before = await run.send('GET');
    expectStatus(before, 200);
    const mark = randomUUID();
    expectStatus(await run.send('PUT', '', { body: { ...(before.body as object), conformanceCheck: mark } }), 200, 299);
    const after = await run.send('GET');
    expectStatus(await run.send('PUT', '', { body: before.body }), 200, 299);
    expect(fieldsOf(after.body).conformanceCheck === mark, 'what was sent is not there');
  });
  await run.checkAnonymous(['GET', 'PUT']);
}

/** Who asks. */
export async function checkSelf(run: FeatureRun): Promise<void> {
  await run.check('get', async () => {
    const answer = await run.send('GET');
    expectStatus(answer, 200);
    const { id, name } = fieldsOf(answer.body);
    expect(id === run.parts.subject, 'its id is not "sub" of the token');
    expect(typeof name === 'string', 'no name');
  });
  await run.checkAnonymous();
}

/** A session for somebody who has no account. */
export async function checkAnonymousUser(run: FeatureRun): Promise<void> {
  const { run: all, name, offered } = run.parts;
  await run.check('session', async () => {
    const answer = await all.api.send('POST', offered.get(name) ?? '');
    expectStatus(answer, 200, 299);
    const { access, refresh } = tokensOf(answer.body);
    expectKnown(await introspect(all, access));
    await all.api.send('POST', '/revoke', { body: { token: refresh } });
  });
}
