import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MesheryServer, httpRequest } from '@meshery/testing';
import { SERVER_CPU, judgeRounds, runInSeconds, startBare, wrk } from '../load/closed-loop.ts';
import { usedBy } from '../measure/usage.ts';
import type { BenchRow } from '../report.ts';
import type { BenchSession } from '../session.ts';

const connections = '/api/integrations/connections';

/** One connection, asked for with a token, against a bare Fastify route that answers the same bytes to anybody. */
export async function benchRestAuth(session: BenchSession): Promise<BenchRow[]> {
  const circumstances = session.circumstances();
  await using server = await MesheryServer.start({ cpus: SERVER_CPU });
  const path = `${connections}/${await makeConnection(server)}`;
  const sample = (await server.client.send(path)).body;
  const file = join(session.dir.path, 'connection.json');
  writeFileSync(file, sample);
  await using bare = await startBare(session, new URL('../load/bare-route.ts', import.meta.url), [file]);
  const subjects = [
    { name: 'ours', run: () => wrk(server.url, [path, server.token, '0', '1']) },
    { name: 'reference', run: () => wrk(bare.url, ['/page', server.token, '0', '1']) },
  ];
  const samples = await runInSeconds(session, subjects);
  const problems = await openTo(server, path);
  const processes = { server: usedBy(server.process), bareFastify: usedBy(bare.process) };
  const details = { ...circumstances, bytes: sample.length, processes };
  return [judgeRounds('rest-auth', samples, { problems, details })];
}

async function makeConnection(server: MesheryServer): Promise<string> {
  const { status, body } = await httpRequest(`${server.url}${connections}`, {
    method: 'POST',
    headers: { ...server.client.headers, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'bench', kind: 'kubernetes', status: 'discovered' }),
  });
  if (status !== 200 && status !== 201) throw new Error(`a connection was answered ${String(status)}`);
  return (JSON.parse(body.toString('utf8')) as { id: string }).id;
}

/** A route that lets everybody in would be fast as well. */
async function openTo(server: MesheryServer, path: string): Promise<string[]> {
  const { status } = await httpRequest(`${server.url}${path}`);
  return status === 401 ? [] : [`without a token the answer is ${String(status)}`];
}
