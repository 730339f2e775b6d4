/** `npm run build`: bundles the Node apps into dist/ and exports the dashboard, leaving alone what did not change. */
import { parseArgs } from 'node:util';
import { describeError } from '../setup/src/tool-error.ts';
import { buildProjects } from './src/build-projects.ts';
import { findProjects, repositoryRoot } from './src/workspace.ts';

const usage = `usage: npm run build -- [NAME..] [--force]
  builds what changed; without names, everything: ${findProjects(repositoryRoot)
    .map((project) => project.name)
    .join(', ')}
  --force  build even what did not change
  --help   print this text
`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { force: { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h', default: false } },
    allowPositionals: true,
  });
  if (values.help) {
    process.stdout.write(usage);
    return;
  }
  for (const result of await buildProjects({ names: positionals, force: values.force })) {
    const size = result.bytes === undefined ? '' : `, ${(result.bytes / 1e6).toFixed(2)} MB`;
    const time = result.outcome === 'built' ? ` in ${result.seconds.toFixed(1)} s${size}` : '';
    process.stdout.write(`${result.name}: ${result.outcome}${time}\n`);
  }
}

try {
  await main();
} catch (error) {
  process.stderr.write(`build: ${describeError(error)}\n`);
  process.exitCode = 1;
}
