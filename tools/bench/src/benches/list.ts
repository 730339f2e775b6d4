import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ResourcePage } from '@meshery/contracts';
import { MesheryServer, httpRequest, runCommand } from '@meshery/testing';
import { hundredThousand, smallNamespace, smallNamespaces } from '../fixture/small.ts';
import type { OpenLoopPlan, OpenLoopReport } from '../load/open-loop.ts';
import { CLIENT_CPU, CONNECTIONS, SERVER_CPU, runInSeconds, startBare, wrk } from '../load/closed-loop.ts';
import type { WrkReport } from '../load/closed-loop.ts';
import type { ClusterFacts } from '../measure/cluster-facts.ts';
import { median, round } from '../measure/stats.ts';
import { usedBy } from '../measure/usage.ts';
import { type BenchRow, judge } from '../report.ts';
import type { BenchSession } from '../session.ts';
import { waitForRows } from '../subjects/embedded.ts';

const PAGE_SIZE = 50;
/** What a table shows of a row, and what a client needs to ask for the whole object. */
const FIELDS = 'apiVersion,kind,name,namespace,uid,resourceVersion,creationTimestamp';
const ROWS_PER_FILTER = hundredThousand.count / smallNamespaces / 2;
const PAGES = ROWS_PER_FILTER / PAGE_SIZE;
const MAX_PAGE_BYTES = 15_000;
const P99_LIMIT_MS = 10;

/** Random pages of 50 of a filtered list of 100,000 rows, against a bare Fastify route that answers the same bytes. */
export async function benchList(session: BenchSession): Promise<BenchRow[]> {
  const circumstances = session.circumstances();
  const { plane, facts } = await session.cluster('hundred-thousand');
  await using server = await MesheryServer.start({ kubeconfig: plane.kubeconfigPath, cpus: SERVER_CPU });
  await waitForRows(server.client, facts);
  const base = basePath(facts);
  const { problems, sample } = await checkPages(server, base);
  const closed = await closedLoop(session, server, { base, sample });
  const open = await openLoop(session, server, { base, perSecond: Math.floor(median(closed.ours) / 2) });
  const errors = closed.errors + open.errors;
  if (errors > 0) problems.push(`${String(errors)} requests failed`);
  if (!(open.latencyMs.p99 <= P99_LIMIT_MS)) {
    problems.push(`p99 at half of our maximum is ${String(open.latencyMs.p99)} ms, over ${String(P99_LIMIT_MS)} ms`);
  }
  const details = {
    ...circumstances,
    rows: facts.states.length,
    rowsPerFilter: ROWS_PER_FILTER,
    fields: FIELDS,
    pageBytes: Buffer.byteLength(sample),
    pairs: closed.ours.map((ours, index) => ({
      ours,
      reference: closed.reference[index],
      ratio: closed.ratios[index],
    })),
    closedLoopP99Ms: closed.p99,
    openLoop: { ...open, limitMs: P99_LIMIT_MS },
    processes: { server: usedBy(server.process), bareFastify: closed.bareFastify },
  };
  const [ours, reference] = [round(median(closed.ours), 1), round(median(closed.reference), 1)];
  const ratio = round(median(closed.ratios));
  return [judge('list', { ours, reference, ratio, problems, details })];
}

/** As fast as 32 connections can: ours and the bare route in turn, in requests per second. */
async function closedLoop(
  session: BenchSession,
  server: MesheryServer,
  { base, sample }: { readonly base: string; readonly sample: string },
) {
  const file = join(session.dir.path, 'page.json');
  writeFileSync(file, sample);
  await using bare = await startBare(session, new URL('../load/bare-route.ts', import.meta.url), [file]);
  const subjects = [
    { name: 'ours', run: () => wrk(server.url, [base, server.token, String(smallNamespaces), String(PAGES)]) },
    { name: 'reference', run: () => wrk(bare.url, ['/page?', server.token, '0', '1']) },
  ];
  const samples = await runInSeconds(session, subjects);
  const reports = (name: string): WrkReport[] => [...(samples.get(name) ?? [])];
  const rates = (name: string): number[] => reports(name).map(({ requests, seconds }) => round(requests / seconds, 1));
  const [ours, reference] = [rates('ours'), rates('reference')];
  return {
    ours,
    reference,
    ratios: ours.map((value, index) => round(value / (reference[index] ?? Number.NaN))),
    errors: [...reports('ours'), ...reports('reference')].reduce((sum, report) => sum + report.errors, 0),
    p99: reports('ours').map(({ p99 }) => p99),
    bareFastify: usedBy(bare.process),
  };
}

function basePath(facts: ClusterFacts): string {
  const clusters = encodeURIComponent(JSON.stringify([facts.id]));
  return `/api/system/meshsync/resources?clusterIds=${clusters}&pagesize=${String(PAGE_SIZE)}&fields=${FIELDS}`;
}

/** Every page of two filters: exact totals, no row twice, none of another filter, no specs, few enough bytes, token checked. */
async function checkPages(server: MesheryServer, base: string): Promise<{ problems: string[]; sample: string }> {
  const problems: string[] = [];
  let sample = '';
  for (const [namespace, tier] of [
    [smallNamespace(7), 'front'],
    [smallNamespace(32), 'back'],
  ] as const) {
    const filter = `${base}&namespace=${namespace}&label=tier%3D${tier}`;
    const seen = new Set<string>();
    for (let page = 0; page < PAGES; page += 1) {
      const { body } = await server.client.send(`${filter}&page=${String(page)}`);
      sample = body.toString('utf8');
      problems.push(...checkPage(JSON.parse(sample) as ResourcePage, namespace, seen));
      if (body.length > MAX_PAGE_BYTES) problems.push(`a page has ${String(body.length)} bytes`);
    }
    if (seen.size !== ROWS_PER_FILTER) problems.push(`all pages together name ${String(seen.size)} rows`);
  }
  const { status } = await httpRequest(`${server.url}${base}`);
  if (status !== 401) problems.push(`without a token the answer is ${String(status)}`);
  return { problems: [...new Set(problems)], sample };
}

function checkPage(page: ResourcePage, namespace: string, seen: Set<string>): string[] {
  const problems: string[] = [];
  if (page.totalCount !== ROWS_PER_FILTER) problems.push(`totalCount is ${String(page.totalCount)}`);
  for (const row of page.resources) {
    seen.add(row.metadata.uid);
    if (row.metadata.namespace !== namespace) problems.push(`a row is of namespace ${row.metadata.namespace ?? '?'}`);
    if (row.metadata.resourceVersion === '' || row.metadata.name === '') problems.push('a row lacks its columns');
    if (row.spec !== undefined || row.status !== undefined) problems.push('a row has a spec or a status');
  }
  return problems;
}

async function openLoop(
  session: BenchSession,
  server: MesheryServer,
  load: { readonly base: string; readonly perSecond: number },
): Promise<OpenLoopReport> {
  const paths = Array.from({ length: 997 }, (_, index) => {
    const tier = index % 2 === 0 ? 'front' : 'back';
    const [namespace, page] = [smallNamespace(index * 31), (index * 7) % PAGES];
    return `${load.base}&namespace=${namespace}&label=tier%3D${tier}&page=${String(page)}`;
  });
  const plan: OpenLoopPlan = {
    origin: server.url,
    paths,
    headers: server.client.headers,
    perSecond: load.perSecond,
    seconds: session.effort.loadSeconds * 2,
    warmUpSeconds: 1,
    connections: CONNECTIONS,
  };
  const script = fileURLToPath(new URL('../load/open-loop.ts', import.meta.url));
  const planFile = join(session.dir.path, 'open-loop.json');
  writeFileSync(planFile, JSON.stringify(plan));
  const output = await runCommand('taskset', ['-c', CLIENT_CPU, process.execPath, script, planFile]);
  return JSON.parse(output) as OpenLoopReport;
}
