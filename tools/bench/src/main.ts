/** `npm run bench -- [NAME..] [--json]`: side-by-side benchmarks on a real API server. */
import { parseArgs } from 'node:util';
import { type BenchRow, benchNames, formatTable } from './report.ts';
import { runBenches } from './run-benches.ts';
import { fullEffort, quickEffort } from './session.ts';

const usage = `usage: npm run bench -- [NAME..] [--json] [--quick]
  measures what is named, or everything (up to 25 minutes): ${benchNames.join(', ')}
  --json   one JSON line for each on stdout; the table for people always goes to stderr
  --quick  one round and short runs: shows that it runs, its figures do not count
  --help   print this text
`;

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    options: { json: { type: 'boolean' }, quick: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    allowPositionals: true,
  });
  if (values.help === true) {
    process.stdout.write(usage);
    return 0;
  }
  const unknown = positionals.filter((name) => !(benchNames as readonly string[]).includes(name));
  if (unknown.length > 0) {
    say(`bench: there is no benchmark named ${unknown.join(', ')}\n${usage}`);
    return 2;
  }
  const wanted = benchNames.filter((name) => positionals.length === 0 || positionals.includes(name));
  const onRow = (row: BenchRow): void => {
    if (values.json === true) process.stdout.write(`${JSON.stringify(row)}\n`);
  };
  const { rows, failures } = await runBenches(wanted, values.quick === true ? quickEffort : fullEffort, { say, onRow });
  say(formatTable(rows));
  return failures === 0 ? 0 : 1;
}

process.exitCode = await main();
