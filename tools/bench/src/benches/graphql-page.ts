import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MesheryServer, httpRequest } from '@meshery/testing';
import { hundredThousand, smallNamespace, smallNamespaces } from '../fixture/small.ts';
import { SERVER_CPU, judgeRounds, runInSeconds, startBare, wrkBodies } from '../load/closed-loop.ts';
import { usedBy } from '../measure/usage.ts';
import type { BenchRow } from '../report.ts';
import type { BenchSession } from '../session.ts';
import { waitForRows } from '../subjects/embedded.ts';

const path = '/api/system/graphql/query';
const pageSize = 50;
const pages = hundredThousand.count / smallNamespaces / 2 / pageSize;
const query = `query($filter: ResourceFilter!, $page: Int) { resources(filter: $filter, page: $page, pageSize: 50) {
  totalCount resources { id apiVersion kind model name namespace uid resourceVersion creationTimestamp } } }`;

/** Random pages of 50 of 100,000 rows over GraphQL, against the same query of the same store in bare Mercurius. */
export async function benchGraphqlPage(session: BenchSession): Promise<BenchRow[]> {
  const circumstances = session.circumstances();
  const { plane, facts } = await session.cluster('hundred-thousand');
  await using server = await MesheryServer.start({ kubeconfig: plane.kubeconfigPath, cpus: SERVER_CPU });
  await waitForRows(server.client, facts);
  await server.down();
  const copy = join(session.dir.path, 'graphql-data');
  cpSync(server.dataDir, copy, { recursive: true });
  await server.up();
  await using bare = await startBare(session, new URL('../load/bare-graphql.ts', import.meta.url), [copy]);
  const bodies = bodiesOf(facts.id);
  const [file, bareFile] = [join(session.dir.path, 'ours.txt'), join(session.dir.path, 'bare.txt')];
  writeFileSync(file, bodies.join('\n'));
  writeFileSync(bareFile, bodies.map(forBare).join('\n'));
  const { token } = server;
  const subjects = [
    { name: 'ours', run: () => wrkBodies(server.url, [path, token, file]) },
    { name: 'reference', run: () => wrkBodies(bare.url, ['/graphql', token, bareFile]) },
  ];
  const samples = await runInSeconds(session, subjects);
  const problems = await unlike(server, bare.url, bodies);
  const processes = { server: usedBy(server.process), bareMercurius: usedBy(bare.process) };
  return [judgeRounds('graphql-page', samples, { problems, details: { ...circumstances, processes } })];
}

function bodiesOf(clusterId: string): readonly string[] {
  return Array.from({ length: 997 }, (_, index) => {
    const labels = [{ key: 'tier', value: index % 2 === 0 ? 'front' : 'back' }];
    const filter = { clusterIds: [clusterId], namespaces: [smallNamespace(index * 31)], labels };
    return JSON.stringify({ query, variables: { filter, page: (index * 7) % pages } });
  });
}

/** Bare Mercurius names the type of the filter in its own way. */
function forBare(body: string): string {
  return body.replace('ResourceFilter!', 'Filter!');
}

/** Both must answer the same bytes, and not everybody. */
async function unlike(server: MesheryServer, bareUrl: string, bodies: readonly string[]): Promise<string[]> {
  const problems: string[] = [];
  const post = (url: string, body: string, headers = server.client.headers) =>
    httpRequest(url, { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body });
  for (const body of bodies.slice(0, 20)) {
    const [ours, reference] = [await post(server.url + path, body), await post(`${bareUrl}/graphql`, forBare(body))];
    if (!ours.body.equals(reference.body)) problems.push('the answers differ');
    if (!ours.body.includes('"resourceVersion"')) problems.push('a page is empty');
  }
  const { status } = await post(server.url + path, bodies[0] ?? '', {});
  if (status !== 401) problems.push(`without a token the answer is ${String(status)}`);
  return [...new Set(problems)];
}
