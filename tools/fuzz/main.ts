/** `npm run fuzz`: random requests made from our OpenAPI document, against a server that is there for nothing else. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MesheryServer } from '@meshery/testing';
import { runForeground } from '../setup/node-runtime.mjs';
import { sayOnStderr } from '../setup/src/progress.ts';
import { describeError } from '../setup/src/tool-error.ts';
import { parseFuzzArguments, usage } from './src/arguments.ts';
import type { FuzzArguments } from './src/arguments.ts';
import { FuzzTarget } from './src/callers.ts';
import { failingOperations, fuzzDocument, sharedPaths } from './src/fuzz-document.ts';
import type { JsonObject } from './src/fuzz-document.ts';
import { checkLeftOut, leftOut } from './src/left-out.ts';
import { seed } from './src/seeds.ts';
import { schemathesisArguments, schemathesisConfiguration, schemathesisProgram } from './src/schemathesis.ts';

async function main(argv: readonly string[]): Promise<number> {
  const wanted = parseFuzzArguments(argv);
  if (wanted.help) {
    process.stdout.write(usage);
    return 0;
  }
  const program = await schemathesisProgram();
  // Nothing real is called, whatever address a request names.
  await using server = await MesheryServer.start({ env: { MESHERY_EGRESS_PRIVATE: 'false' } });
  const target = new FuzzTarget(server.url, server.token);
  const code = await fuzz(program, target, { ...wanted, folder: server.service.dir.path });
  const faults = await checkLeftOut(target);
  for (const fault of faults) sayOnStderr(`left out of the run, and not as documented: ${fault}`);
  sayOnStderr(answersByStatus((await target.send('GET', '/metrics')).text));
  return code === 0 && faults.length > 0 ? 1 : code;
}

async function fuzz(program: string, target: FuzzTarget, wanted: FuzzArguments & { folder: string }): Promise<number> {
  const published = await target.ask<JsonObject>(200, 'GET', '/api/openapi.json');
  const document = join(wanted.folder, 'openapi.json');
  writeFileSync(document, JSON.stringify(fuzzDocument(published, await seed(target))));
  const token = await target.signIn(wanted.caller);
  const configuration = schemathesisConfiguration({
    isAnonymous: token === '',
    sharedPaths: sharedPaths(published),
    failing: failingOperations(published),
  });
  writeFileSync(join(wanted.folder, 'schemathesis.toml'), configuration);
  const { minutes, further } = wanted;
  const args = schemathesisArguments({ document, url: target.url, token, minutes, leftOut, further });
  return runForeground(program, args, { cwd: wanted.folder, env: process.env });
}

/** What the server itself counted. */
function answersByStatus(metrics: string): string {
  const counts = new Map<string, number>();
  const pattern = /^meshery_http_request_duration_seconds_count\{.*status="(\d+)".*\} (\d+)$/gm;
  for (const [, status = '', count] of metrics.matchAll(pattern))
    counts.set(status, (counts.get(status) ?? 0) + Number(count));
  const listed = [...counts].sort().map(([status, count]) => `${status}: ${String(count)}`);
  return `answers of the server by status: ${listed.join(', ')}`;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`fuzz: ${describeError(error)}\n`);
  process.exitCode = 1;
}
