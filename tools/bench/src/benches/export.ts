import { MesheryServer } from '@meshery/testing';
import { type ClusterFacts, wrongRows } from '../measure/cluster-facts.ts';
import { runRounds } from '../measure/rounds.ts';
import { median, round } from '../measure/stats.ts';
import { timeProgram } from '../measure/time-program.ts';
import { usedBy } from '../measure/usage.ts';
import { type BenchRow, judge } from '../report.ts';
import type { BenchSession } from '../session.ts';
import { waitForRows } from '../subjects/embedded.ts';

const KIND = 'Pod';
const PATH = '/api/v1/pods';

/** 10,000 whole objects by REST over `kubectl get --raw` of the same. */
export async function benchExport(session: BenchSession): Promise<BenchRow[]> {
  const circumstances = session.circumstances();
  const { plane, facts } = await session.cluster('mixed');
  await using server = await MesheryServer.start({ kubeconfig: plane.kubeconfigPath });
  await waitForRows(server.client, facts);
  const query = `clusterIds=${encodeURIComponent(JSON.stringify([facts.id]))}&kind=${KIND}&format=kubernetes`;
  const path = `/api/system/meshsync/resources?${query}`;
  const problems = [...(await wrongRows(server.client, facts)), ...(await wrongExport(server, path, facts))];
  const curl = ['--silent', '--show-error', '--fail', '--header', `Authorization: Bearer ${server.token}`];
  const subjects = [
    { name: 'ours', run: () => timeProgram('curl', [...curl, `${server.url}${path}`]) },
    {
      name: 'reference',
      run: () => timeProgram('kubectl', ['--kubeconfig', plane.kubeconfigPath, 'get', '--raw', PATH]),
    },
  ];
  for (const subject of subjects) await subject.run();
  const samples = await runRounds(subjects, Math.max(5, session.effort.rounds), () => undefined);
  const seconds = (name: string): number[] => (samples.get(name) ?? []).map((sample) => round(sample.seconds));
  const [ours, reference] = [seconds('ours'), seconds('reference')];
  const ratios = ours.map((value, index) => round(value / (reference[index] ?? Number.NaN)));
  return [
    judge('export', {
      ours: round(median(ours)),
      reference: round(median(reference)),
      ratio: round(median(ratios)),
      problems,
      details: {
        ...circumstances,
        objects: facts.states.filter(({ kind }) => kind === KIND).length,
        pairs: ours.map((value, index) => ({ ours: value, reference: reference[index], ratio: ratios[index] })),
        processes: {
          server: usedBy(server.process),
          curl: samples.get('ours')?.at(-1),
          kubectl: samples.get('reference')?.at(-1),
        },
      },
    }),
  ];
}

interface ExportedList {
  readonly items: readonly {
    readonly metadata: { readonly uid: string; readonly resourceVersion: string };
    readonly spec?: object;
  }[];
}

/** The exported objects must be all of them, whole, in their present state. */
async function wrongExport(server: MesheryServer, path: string, facts: ClusterFacts): Promise<string[]> {
  const list = await server.client.json<ExportedList>(path);
  const wanted = facts.states.filter(({ kind }) => kind === KIND);
  const versions = new Map(list.items.map(({ metadata }) => [metadata.uid, metadata.resourceVersion]));
  const wrong = wanted.filter(({ uid, resourceVersion }) => versions.get(uid) !== resourceVersion).length;
  const hollow = list.items.filter(({ spec }) => spec === undefined).length;
  const problems: string[] = [];
  if (list.items.length !== wanted.length)
    problems.push(`${String(list.items.length)} of ${String(wanted.length)} objects`);
  if (wrong > 0) problems.push(`${String(wrong)} objects missing or in another state`);
  if (hollow > 0) problems.push(`${String(hollow)} objects without their spec`);
  return problems;
}
