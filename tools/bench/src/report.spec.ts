import { benchNames, failedRow, formatTable, judge } from './report.ts';

const finding = { ours: 1, reference: 1, ratio: 1, problems: [], details: {} };

test('an absolute bar has neither reference nor ratio', () => {
  expect(judge('freshness', { ...finding, ours: 12 })).toMatchObject({
    ours: 12,
    reference: null,
    ratio: null,
    pass: true,
  });
  expect(judge('freshness', { ...finding, ours: 26 }).pass).toBe(false);
});

test('a ratio is held against the bar on its good side', () => {
  expect(judge('sync-vs-download', { ...finding, ratio: 2 }).pass).toBe(true);
  expect(judge('sync-vs-download', { ...finding, ratio: 2.001 }).pass).toBe(false);
  expect(judge('list', { ...finding, ratio: 0.2 }).pass).toBe(true);
  expect(judge('list', { ...finding, ratio: 0.199 }).pass).toBe(false);
});

test('a problem fails a row whose figure is good, and is told', () => {
  const row = judge('storm', { ...finding, ours: 10, problems: ['3 changes lost'] });
  expect(row).toMatchObject({ pass: false, details: { reason: '3 changes lost' } });
});

test.each(benchNames)('a missing figure of %s never passes and is valid JSON', (name) => {
  const row = failedRow(name, new Error('it broke'));
  expect(row.pass).toBe(false);
  expect(JSON.parse(JSON.stringify(row))).toMatchObject({
    name,
    ours: null,
    pass: false,
    details: { reason: 'it broke' },
  });
  expect(formatTable([row])).toContain('it broke');
});
