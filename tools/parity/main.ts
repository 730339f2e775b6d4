/** `npm run parity`: how much of the published REST surface is proven by the tests that pass in this run. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { repositoryRoot } from '../build/src/workspace.ts';
import { ToolError, describeError } from '../setup/src/tool-error.ts';
import { readProofs, specsOf } from './src/proofs.ts';
import { brokenProofs, formatPage, formatReport, makeReport } from './src/report.ts';
import { runSpecs } from './src/run-specs.ts';
import { pairsOf, readSurface } from './src/surface.ts';

const usage = `usage: npm run parity -- [--json] [--write]
  Runs the tests that tools/parity/proofs names and counts the published REST routes that they prove.
  --json   the last line is {"implemented":N,"total":N,"missing":[..]}
  --write  write docs/reference/parity.md
  --help   print this text
`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return;
  }
  const surface = readSurface();
  const proofs = readProofs(pairsOf(surface));
  const { passed, log } = await runSpecs(specsOf(proofs));
  const report = makeReport(surface, proofs, passed);
  if (values.write) writePage(formatPage(surface, proofs, report));
  process.stdout.write(`${values.json ? JSON.stringify(report) : formatReport(surface, report)}\n`);
  const broken = brokenProofs(proofs, passed);
  if (broken.length === 0) return;
  const names = broken.map(({ spec, test }) => `${spec}: ${test}`).join('\n');
  throw new ToolError(`tests that prove a route did not pass:\n${names}\n${log}`, 'Run them: npm run jest -- FILE');
}

function writePage(text: string): void {
  writeFileSync(join(repositoryRoot, 'docs', 'reference', 'parity.md'), text);
}

try {
  await main();
} catch (error) {
  process.stderr.write(`parity: ${describeError(error)}\n`);
  process.exitCode = 1;
}
