import { expect, expectStatus, fieldsOf, rowsOf } from '../mismatch.ts';
import type { FeatureRun } from './feature-run.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What happened. */
export async function checkFeed(run: FeatureRun): Promise<void> {
  await run.check('list', async () => {
    await run.page();
    await withEvent(run, async ({ id, name }) => {
      const { rows } = await run.page(String(name));
      expect(
        rows.some((row) => row.id === id),
        'the list does not have the new event',
      );
    });
  });
  await run.checkAnonymous();
}

/** How many events there are. */
export async function checkSummary(run: FeatureRun): Promise<void> {
  await run.check('get', async () => {
    const before = await summaryOf(run);
    await withEvent(run, async ({ severity }) => {
      const after = await summaryOf(run);
      expect(after.total > before.total, 'totalCount does not count the new event');
      expect(countOf(after, severity) > countOf(before, severity), 'countBySeverityLevel does not count the new event');
    });
  });
  await run.checkAnonymous();
}

/** Looks at what a new event makes of it, where the provider takes events. */
async function withEvent(run: FeatureRun, look: (event: Fields) => Promise<void>): Promise<void> {
  const events = run.other(run.parts.feature.of ?? '');
  if (events.hasEndpoint) await events.withRecord(look);
}

interface Summary {
  readonly total: number;
  readonly rows: readonly Fields[];
}

async function summaryOf(run: FeatureRun): Promise<Summary> {
  const answer = await run.send('GET');
  expectStatus(answer, 200);
  const { totalCount, countBySeverityLevel } = fieldsOf(answer.body);
  expect(typeof totalCount === 'number', 'no totalCount');
  const rows = rowsOf(countBySeverityLevel);
  expect(rows !== undefined, 'no list countBySeverityLevel');
  return { total: totalCount, rows };
}

function countOf({ rows }: Summary, severity: unknown): number {
  return Number(rows.find((row) => row.severity === severity)?.count ?? 0);
}
