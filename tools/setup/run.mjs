#!/usr/bin/env node
/** The front door of every npm script: installs what is missing, finds Node >= 24, runs the command with it. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findNode, runForeground, runtimeEnvironment } from './node-runtime.mjs';
import { ensurePackages } from './packages.mjs';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const ENTRIES = {
  start: 'tools/start/main.ts',
  test: 'tools/test/main.ts',
  cluster: 'tools/cluster/src/main.ts',
  images: 'tools/images/main.ts',
  bench: 'tools/bench/src/main.ts',
  parity: 'tools/parity/main.ts',
  fuzz: 'tools/fuzz/main.ts',
  build: 'tools/build/main.ts',
  generate: 'tools/generators/main.ts',
};

const USAGE = `usage: node tools/setup/run.mjs COMMAND [ARGUMENT..]
       node tools/setup/run.mjs exec -- PROGRAM [ARGUMENT..]
commands: ${Object.keys(ENTRIES).join(', ')}`;

async function main([command, ...args]) {
  if (command === undefined || command === '--help' || command === '-h') {
    console.log(USAGE);
    return command === undefined ? 2 : 0;
  }
  if (command !== 'exec' && !Object.hasOwn(ENTRIES, command))
    throw new Error(`there is no command "${command}"\n${USAGE}`);
  await ensurePackages(ROOT, (line) => console.error(line));
  const node = findNode(ROOT);
  const env = runtimeEnvironment(ROOT, process.env);
  return command === 'exec' ? runProgram(node, args, env) : runEntry(node, ENTRIES[command], args, env);
}

function runEntry(node, entry, args, env) {
  const path = join(ROOT, entry);
  if (!existsSync(path)) throw new Error(`${entry} is missing from this checkout; run: git status`);
  return runForeground(node, [path, ...args], { env });
}

/** A script is run by that Node; anything else is looked up on the PATH, where that Node is first. */
function runProgram(node, args, env) {
  const [program, ...rest] = args[0] === '--' ? args.slice(1) : args;
  if (program === undefined) throw new Error(USAGE);
  if (/\.[cm]?[jt]s$/.test(program) || program === 'node')
    return runForeground(node, program === 'node' ? rest : [program, ...rest], { env });
  return runForeground(program, rest, { env });
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(`setup: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
