import type { Subject } from '../measure/rounds.ts';
import { runRounds } from '../measure/rounds.ts';
import { median, round } from '../measure/stats.ts';
import { type BenchName, type BenchRow, type Finding, judge } from '../report.ts';
import type { BenchSession, LoadedCluster } from '../session.ts';
import { embeddedSubject } from '../subjects/embedded.ts';
import { natsSubject } from '../subjects/nats.ts';
import { downloadSubject, kubectlSubject } from '../subjects/references.ts';
import type { Sample } from '../subjects/sample.ts';

/** What each row compares: ours over its reference. */
const comparisons = {
  'sync-vs-download': { ours: 'embedded', reference: 'download' },
  'sync-vs-kubectl': { ours: 'embedded', reference: 'kubectl' },
  'sync-nats-vs-embedded': { ours: 'nats', reference: 'embedded' },
} as const;

/** Names of the benchmarks of this file. */
export const syncNames = Object.keys(comparisons) as (keyof typeof comparisons)[];

/** The three benchmarks of the first sync share their rounds: every subject runs once in each. */
export async function benchSync(session: BenchSession, wanted: readonly BenchName[]): Promise<BenchRow[]> {
  const names = syncNames.filter((name) => wanted.includes(name));
  const circumstances = session.circumstances();
  const cluster = await session.cluster('mixed');
  const used = new Set(names.flatMap((name) => Object.values(comparisons[name])));
  const subjects = allSubjects(session, cluster).filter(({ name }) => used.has(name as never));
  const samples = await runRounds(subjects, session.effort.rounds, (turn, name, sample) => {
    const wrong = sample.problems.length === 0 ? '' : ` WRONG: ${sample.problems.join('; ')}`;
    session.say(`sync round ${String(turn + 1)}: ${name} ${sample.seconds.toFixed(2)} s${wrong}`);
  });
  const facts = { ...circumstances, objects: cluster.facts.states.length };
  return names.map((name) =>
    judge(name, { ...compare(name, samples), details: { ...facts, ...detail(name, samples) } }),
  );
}

function allSubjects(session: BenchSession, { plane, facts }: LoadedCluster): Subject<Sample>[] {
  return [
    downloadSubject(plane, facts, session.dir.path),
    embeddedSubject(plane, facts),
    natsSubject(plane, facts),
    kubectlSubject(plane, facts),
  ];
}

type Samples = ReadonlyMap<string, readonly Sample[]>;

function pairsOf(name: keyof typeof comparisons, samples: Samples): { ours: Sample[]; reference: Sample[] } {
  const { ours, reference } = comparisons[name];
  return { ours: [...(samples.get(ours) ?? [])], reference: [...(samples.get(reference) ?? [])] };
}

function ratiosOf(name: keyof typeof comparisons, samples: Samples): number[] {
  const { ours, reference } = pairsOf(name, samples);
  return ours.map((sample, index) => round(sample.seconds / (reference[index]?.seconds ?? Number.NaN)));
}

function compare(name: keyof typeof comparisons, samples: Samples): Omit<Finding, 'details'> {
  const { ours, reference } = pairsOf(name, samples);
  return {
    ours: round(median(ours.map(({ seconds }) => seconds))),
    reference: round(median(reference.map(({ seconds }) => seconds))),
    ratio: round(median(ratiosOf(name, samples))),
    problems: [...ours, ...reference].flatMap(({ problems }) => problems),
  };
}

function detail(name: keyof typeof comparisons, samples: Samples): Record<string, unknown> {
  const { ours, reference } = pairsOf(name, samples);
  const ratios = ratiosOf(name, samples);
  return {
    compared: comparisons[name],
    pairs: ours.map((sample, index) => ({
      ours: sample.seconds,
      reference: reference[index]?.seconds,
      ratio: ratios[index],
    })),
    worstRatio: Math.max(...ratios),
    processes: { ours: ours.at(-1)?.processes, reference: reference.at(-1)?.processes },
  };
}
