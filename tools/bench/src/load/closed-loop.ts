import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ManagedProcess, freePort, httpRequest, runCommand } from '@meshery/testing';
import { runRounds } from '../measure/rounds.ts';
import type { Subject } from '../measure/rounds.ts';
import { median, round } from '../measure/stats.ts';
import { type BenchName, type BenchRow, judge } from '../report.ts';
import type { BenchSession } from '../session.ts';

/** Connections of a load generator. */
export const CONNECTIONS = 32;
/** The server has one core, the load generator the other. */
export const [SERVER_CPU, CLIENT_CPU] = ['0', '1'];

/** What one run of wrk found. */
export interface WrkReport {
  readonly requests: number;
  readonly seconds: number;
  readonly errors: number;
  readonly p50: number;
  readonly p99: number;
}

/** A program to compare with. */
export interface BareProgram extends AsyncDisposable {
  readonly url: string;
  readonly process: ManagedProcess;
}

/** Starts a program that answers `/page`; it gets the arguments and its port. End it with `await using`. */
export async function startBare(session: BenchSession, script: URL, args: readonly string[]): Promise<BareProgram> {
  const port = await freePort();
  const file = fileURLToPath(script);
  const name = basename(file, '.ts');
  const bare = await ManagedProcess.start({
    name,
    file: process.execPath,
    args: [file, ...args, String(port)],
    logPath: join(session.dir.path, `${name}.log`),
    cpus: SERVER_CPU,
  });
  const url = `http://127.0.0.1:${String(port)}`;
  await bare.ready(
    'answering',
    10_000,
    async () => (await httpRequest(`${url}/page`).catch(() => undefined))?.status === 200,
  );
  return { url, process: bare, [Symbol.asyncDispose]: () => bare[Symbol.asyncDispose]() };
}

/** GET for a second as fast as all connections can; the arguments are those of pages.lua. */
export function wrk(url: string, args: readonly string[]): Promise<WrkReport> {
  return run(new URL('./pages.lua', import.meta.url), [url, '--', ...args]);
}

/** POST for a second as fast as all connections can; the arguments are those of bodies.lua. */
export function wrkBodies(url: string, args: readonly string[]): Promise<WrkReport> {
  return run(new URL('./bodies.lua', import.meta.url), [url, '--', ...args]);
}

/**
 * Runs the subjects in turn, a second each: a machine that is faster at times is so for both of a pair. Before that each
 * is warmed up, since an engine goes on compiling for longer the more code there is.
 */
export async function runInSeconds(
  { effort }: BenchSession,
  subjects: readonly Subject<WrkReport>[],
): Promise<ReadonlyMap<string, readonly WrkReport[]>> {
  await runRounds(subjects, effort.warmUpSeconds, () => undefined);
  return runRounds(subjects, effort.rounds * effort.loadSeconds, () => undefined);
}

async function run(script: URL, args: readonly string[]): Promise<WrkReport> {
  const flags = ['-t1', `-c${String(CONNECTIONS)}`, '-d1s'];
  const output = await runCommand('taskset', ['-c', CLIENT_CPU, 'wrk', ...flags, '-s', fileURLToPath(script), ...args]);
  const line = output.split('\n').find((text) => text.startsWith('{'));
  if (line === undefined) throw new Error(`wrk printed no report: ${output.slice(0, 300)}`);
  return JSON.parse(line) as WrkReport;
}

/** The row of rounds of `ours` and `reference`, in requests per second; failed requests fail it. */
export function judgeRounds(
  name: BenchName,
  samples: ReadonlyMap<string, readonly WrkReport[]>,
  { problems, details }: { readonly problems: readonly string[]; readonly details: object },
): BenchRow {
  const reports = (subject: string): readonly WrkReport[] => samples.get(subject) ?? [];
  const rates = (subject: string): number[] =>
    reports(subject).map(({ requests, seconds }) => round(requests / seconds, 1));
  const [ours, reference] = [rates('ours'), rates('reference')];
  const ratios = ours.map((value, index) => round(value / (reference[index] ?? Number.NaN)));
  const errors = [...reports('ours'), ...reports('reference')].reduce((sum, report) => sum + report.errors, 0);
  const failed = errors === 0 ? [] : [`${String(errors)} requests failed`];
  return judge(name, {
    ours: round(median(ours), 1),
    reference: round(median(reference), 1),
    ratio: round(median(ratios)),
    problems: [...problems, ...failed],
    details: {
      ...details,
      pairs: ours.map((value, index) => ({ ours: value, reference: reference[index], ratio: ratios[index] })),
      p99Ms: reports('ours').map(({ p99 }) => p99),
    },
  });
}
