/** `npm run generate`: everything that is written by a program, from its one source; leaves a clean tree clean. */
import { existsSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const binaries = join(root, 'node_modules', '.bin');
const baseline = join('proto', 'baseline.binpb');

const usage = `usage: npm run generate -- [--update-baseline]
  lints the .proto files, refuses changes that break published clients (against ${baseline}), generates the TypeScript, the
  GraphQL schema, the OpenAPI document, the types of its client, the CustomResourceDefinitions, the Kustomize files and the templates of the charts.
  --update-baseline  makes the present .proto files the new baseline; only after a reviewed, deliberate change`;

function run(program: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, PATH: `${binaries}:${process.env.PATH ?? ''}` };
    const child = spawn(join(binaries, program), args, { cwd: root, env, stdio: 'inherit' });
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(`${program} ${args.join(' ')} ended with ${signal ?? String(code)}`));
    });
  });
}

async function main(args: readonly string[]): Promise<void> {
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(`${usage}\n`);
    return;
  }
  const unknown = args.find((arg) => arg !== '--update-baseline');
  if (unknown !== undefined) throw new Error(`unknown argument ${unknown}\n${usage}`);
  await run('buf', ['lint']);
  if (args.includes('--update-baseline')) await run('buf', ['build', '--exclude-source-info', '-o', baseline]);
  else if (!existsSync(join(root, baseline)))
    throw new Error(`${baseline} is missing; run: git checkout -- ${baseline}`);
  await run('buf', ['breaking', '--against', baseline]);
  await run('buf', ['generate']);
  await run('node', ['tools/generators/descriptors.ts']);
  await run('node', ['tools/generators/graphql-schema.ts']);
  await run('node', ['tools/generators/openapi.ts']);
  await run('node', ['tools/generators/client-types.ts']);
  await run('node', ['tools/generators/custom-resource-definitions.ts']);
  await run('node', ['tools/generators/manifests/main.ts']);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`generate: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
