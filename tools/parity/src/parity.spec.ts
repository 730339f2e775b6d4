import { faultsOfTable, makeConnectionReport, readConnectionTable } from './connection-table.ts';
import type { ConnectionTable } from './connection-table.ts';
import { faultsOfOperations, formatGraphqlSection, makeGraphqlReport, readOperations } from './graphql-operations.ts';
import type { GraphqlOperation } from './graphql-operations.ts';
import { faultsOf, joinProofs, specsOf } from './proofs.ts';
import type { Proofs } from './proofs.ts';
import { brokenProofs, formatPage, makeReport } from './report.ts';
import { passedTests, testKey } from './run-specs.ts';
import { pairsOf, readSurface } from './surface.ts';
import type { Surface } from './surface.ts';

const surface: Surface = {
  sections: [
    {
      name: 'things',
      routes: [
        { method: 'GET', path: '/things', auth: 'session' },
        { method: 'DELETE', path: '/things/{id}', auth: 'session' },
        { method: 'GET', path: '/things/*', auth: 'public' },
      ],
    },
  ],
};
const list = { spec: 'a.spec.ts', test: 'things are listed' };
const gone = { spec: 'b.spec.ts', test: 'things go away' };
const proofs: Proofs = { 'GET /things': [list], 'DELETE /things/{id}': [list, gone] };
const passed = (...keys: (typeof list)[]): ReadonlySet<string> => new Set(keys.map(testKey));

describe('a pair of method and path', () => {
  test('counts only when every test named for it passed', () => {
    expect(makeReport(surface, proofs, passed(list, gone))).toEqual({
      implemented: 2,
      total: 3,
      missing: ['GET /things/*'],
    });
    expect(makeReport(surface, proofs, passed(list)).missing).toEqual(['DELETE /things/{id}', 'GET /things/*']);
    expect(makeReport(surface, proofs, passed()).implemented).toBe(0);
  });

  test('whose test failed or went away is named', () => {
    expect(brokenProofs(proofs, passed(list))).toEqual([gone]);
    expect(brokenProofs(proofs, passed(list, gone))).toEqual([]);
  });

  test('must be published and proven by files that exist', () => {
    const wrong: Proofs = { 'GET /nothing': [list], 'GET /things': [] };
    expect(faultsOf(wrong, pairsOf(surface), () => false)).toEqual([
      'GET /nothing is no published route',
      'a.spec.ts does not exist',
      'GET /things has no test',
    ]);
    expect(faultsOf(proofs, pairsOf(surface), () => true)).toEqual([]);
    expect(specsOf(proofs)).toEqual(['a.spec.ts', 'b.spec.ts']);
  });

  test('is shown with its proof in the page only when it is proven', () => {
    const page = formatPage(surface, proofs, makeReport(surface, proofs, passed(list)));
    expect(page).toContain('| GET | `/things` | session | things are listed (`a.spec.ts`) |');
    expect(page).toContain('| DELETE | `/things/{id}` | session |  |');
    expect(page).toContain('## things (1 of 3)');
  });
});

test('tests that failed, were skipped or share a failed name have not passed', () => {
  const results = ['passed', 'failed', 'pending'].map((status) => ({ fullName: `t ${status}`, status }));
  const twice = ['passed', 'failed'].map((status) => ({ fullName: 'twice', status }));
  const result = { testResults: [{ name: '/repo/a.spec.ts', assertionResults: [...results, ...twice] }] };
  expect([...passedTests(result, '/repo')]).toEqual([testKey({ spec: 'a.spec.ts', test: 't passed' })]);
});

test('the published surface has 240 pairs in 20 sections', () => {
  const published = readSurface();
  expect([pairsOf(published).length, published.sections.length]).toEqual([240, 20]);
});

test('a pair may be proven by tests of several specs', () => {
  const files = [
    { spec: 'a.spec.ts', proves: { 'GET /things': ['one', 'two'] } },
    { spec: 'b.spec.ts', proves: { 'GET /things': ['three'] } },
  ];
  expect(joinProofs(files)['GET /things']).toEqual([
    { spec: 'a.spec.ts', test: 'one' },
    { spec: 'a.spec.ts', test: 'two' },
    { spec: 'b.spec.ts', test: 'three' },
  ]);
});

describe('the table of connections', () => {
  const table: ConnectionTable = {
    columns: ['connect', 'deploy'],
    rows: [
      {
        name: 'Things',
        cells: [
          { says: 'by hand', trigger: 'a click', path: 'POST /things', proofs: [list, gone] },
          { says: 'no', proofs: [], open: 'Nobody tried.' },
        ],
      },
    ],
  };

  test('counts a cell when all of its tests passed, and says of others why not', () => {
    const why = { cell: 'Things: deploy', why: 'Nobody tried.' };
    expect(makeConnectionReport(table, passed(list, gone))).toEqual({ proven: 1, total: 2, missing: [why] });
    expect(makeConnectionReport(table, passed(list))).toEqual({
      proven: 0,
      total: 2,
      missing: [{ cell: 'Things: connect', why: 'Its tests did not pass.' }, why],
    });
  });

  test('wants a trigger and a path, a proof or a reason, and a cell for each column', () => {
    expect(faultsOfTable(table)).toEqual([]);
    const [first] = table.rows;
    const cells = [{ says: 'by hand', proofs: [list] }, { says: 'no', proofs: [] }, ...(first?.cells.slice(1) ?? [])];
    expect(faultsOfTable({ ...table, rows: [{ name: 'Things', cells }] })).toEqual([
      'Things has not one cell for each column',
      'Things: connect has no trigger or path',
      'Things: deploy is either proven or says why not',
    ]);
  });

  test('as it is checked in has 7 rows of 10', () => {
    const { columns, rows } = readConnectionTable();
    expect([columns.length, rows.length]).toEqual([10, 7]);
  });
});

describe('the GraphQL operations', () => {
  const operations: readonly GraphqlOperation[] = [
    { name: 'query things', proofs: [list, gone] },
    { name: 'mutation change', proofs: [], open: 'Nobody tried.' },
  ];

  test('count when all of their tests passed, and say of others why not', () => {
    const why = { operation: 'mutation change', why: 'Nobody tried.' };
    expect(makeGraphqlReport(operations, passed(list, gone))).toEqual({ implemented: 1, total: 2, missing: [why] });
    expect(makeGraphqlReport(operations, passed(list))).toEqual({
      implemented: 0,
      total: 2,
      missing: [{ operation: 'query things', why: 'Its tests did not pass.' }, why],
    });
  });

  test('are shown with their proofs, or with the reason', () => {
    const section = formatGraphqlSection(operations, makeGraphqlReport(operations, passed(list, gone)));
    expect(section).toContain('| `query things` | things are listed (`a.spec.ts`)<br>things go away (`b.spec.ts`) |');
    expect(section).toContain('| `mutation change` | missing: Nobody tried. |');
  });

  test('are each there once, with a proof or a reason', () => {
    expect(faultsOfOperations(operations)).toEqual([]);
    const wrong = [...operations, { name: 'query things', proofs: [] }];
    expect(faultsOfOperations(wrong)).toEqual([
      'query things is there twice',
      'query things is either proven or says why not',
    ]);
  });

  test('as they are checked in are 21 queries, 2 mutations and 15 subscriptions', () => {
    const kinds = readOperations().map(({ name }) => name.split(' ')[0]);
    const count = (kind: string) => kinds.filter((each) => each === kind).length;
    expect([count('query'), count('mutation'), count('subscription')]).toEqual([21, 2, 15]);
  });
});
