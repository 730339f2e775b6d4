/** One line of the result: the contract of `npm run bench -- --json`. */
export interface BenchRow {
  readonly name: BenchName;
  /** Our figure in `unit`; NaN is written as null and never passes. */
  readonly ours: number;
  /** The same work done by a program that is not ours; null for an absolute bar. */
  readonly reference: number | null;
  /** Median of ours over reference, pair by pair; null for an absolute bar. */
  readonly ratio: number | null;
  readonly bar: number;
  readonly unit: string;
  readonly pass: boolean;
  readonly details: Readonly<Record<string, unknown>>;
}

/** Names of all benchmarks, in the order of the table. */
export const benchNames = [
  'sync-vs-download',
  'sync-vs-kubectl',
  'sync-nats-vs-embedded',
  'freshness',
  'storm',
  'memory',
  'restart',
  'crd',
  'list',
  'export',
  'cold-start',
  'meshsync-image-start',
  'fleet',
  'fleet-embedded',
  'operator-converge',
  'operator-memory',
  'fanout',
  'rest-auth',
  'graphql-page',
] as const;

/** The name of one benchmark. */
export type BenchName = (typeof benchNames)[number];

/** What every bar means: which side of it is good, and what it is compared with. */
export interface Bar {
  readonly bar: number;
  readonly aim?: number;
  readonly unit: string;
  readonly better: 'lower' | 'higher';
  /** `ratio`: ours over reference is held against the bar; `absolute`: ours itself. */
  readonly compares: 'ratio' | 'absolute';
}

/** The bars. */
export const bars: Readonly<Record<BenchName, Bar>> = {
  'sync-vs-download': { bar: 2, aim: 1.5, unit: 's', better: 'lower', compares: 'ratio' },
  'sync-vs-kubectl': { bar: 0.15, unit: 's', better: 'lower', compares: 'ratio' },
  'sync-nats-vs-embedded': { bar: 1.6, unit: 's', better: 'lower', compares: 'ratio' },
  freshness: { bar: 25, aim: 15, unit: 'ms', better: 'lower', compares: 'absolute' },
  storm: { bar: 500, unit: 'ms', better: 'lower', compares: 'absolute' },
  memory: { bar: 130, unit: 'MB', better: 'lower', compares: 'absolute' },
  restart: { bar: 3, unit: 's', better: 'lower', compares: 'absolute' },
  crd: { bar: 0, unit: 'bytes', better: 'lower', compares: 'absolute' },
  list: { bar: 0.2, aim: 0.35, unit: 'requests/s', better: 'higher', compares: 'ratio' },
  export: { bar: 0.7, unit: 's', better: 'lower', compares: 'ratio' },
  'cold-start': { bar: 1.5, unit: 's', better: 'lower', compares: 'absolute' },
  'meshsync-image-start': { bar: 5, unit: 's', better: 'lower', compares: 'absolute' },
  fleet: { bar: 350, unit: 'MB', better: 'lower', compares: 'absolute' },
  'fleet-embedded': { bar: 450, unit: 'MB', better: 'lower', compares: 'absolute' },
  'operator-converge': { bar: 10, unit: 's', better: 'lower', compares: 'absolute' },
  'operator-memory': { bar: 130, unit: 'MB', better: 'lower', compares: 'absolute' },
  fanout: { bar: 0.5, unit: 'deliveries/s', better: 'higher', compares: 'ratio' },
  'rest-auth': { bar: 0.4, unit: 'requests/s', better: 'higher', compares: 'ratio' },
  'graphql-page': { bar: 0.8, unit: 'requests/s', better: 'higher', compares: 'ratio' },
};

/** What a benchmark found, before it is held against its bar. */
export interface Finding {
  readonly ours: number;
  readonly reference?: number;
  /** Needed where the bar compares ratios. */
  readonly ratio?: number;
  /** Everything that is wrong or missing; anything here fails the row. */
  readonly problems: readonly string[];
  readonly details: Readonly<Record<string, unknown>>;
}

/** Holds a finding against its bar. */
export function judge(name: BenchName, finding: Finding): BenchRow {
  const { bar, unit, better, compares, aim } = bars[name];
  const judged = compares === 'ratio' ? (finding.ratio ?? Number.NaN) : finding.ours;
  const met = better === 'lower' ? judged <= bar : judged >= bar;
  const meaning = { better, compares, ...(aim === undefined ? {} : { aim }) };
  const reason = finding.problems.length === 0 ? {} : { reason: finding.problems.join('; ') };
  return {
    name,
    ours: finding.ours,
    reference: compares === 'ratio' ? (finding.reference ?? Number.NaN) : null,
    ratio: compares === 'ratio' ? judged : null,
    bar,
    unit,
    pass: met && finding.problems.length === 0,
    details: { ...meaning, ...reason, ...finding.details },
  };
}

/** The row of a benchmark that did not come to an end. */
export function failedRow(name: BenchName, error: unknown): BenchRow {
  const reason = error instanceof Error ? error.message : String(error);
  return judge(name, { ours: Number.NaN, problems: [reason], details: {} });
}

/** A table for people. */
export function formatTable(rows: readonly BenchRow[]): string {
  const head = ['benchmark', 'ours', 'reference', 'ratio', 'bar', 'unit', 'result'];
  const lines = rows.map((row) => [
    row.name,
    figure(row.ours),
    figure(row.reference),
    figure(row.ratio),
    `${bars[row.name].better === 'lower' ? '<=' : '>='} ${String(row.bar)}`,
    row.unit,
    row.pass
      ? 'pass'
      : `FAIL${typeof row.details.reason === 'string' ? `: ${row.details.reason.split('\n')[0] ?? ''}` : ''}`,
  ]);
  const widths = head.map((title, column) =>
    Math.max(title.length, ...lines.map((line) => (column === 6 ? 0 : (line[column]?.length ?? 0)))),
  );
  return [head, ...lines]
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function figure(value: number | null): string {
  if (value === null) return '-';
  return Number.isNaN(value) ? '?' : String(value);
}
