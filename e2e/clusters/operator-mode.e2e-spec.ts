import { readFileSync } from 'node:fs';
import { NodeCluster, httpRequest, kubeconfigText, runCommand, waitUntil } from '@meshery/testing';
import { OutsideServer, operatorImages, write } from '../support/two-clusters.ts';

/** From the API server's answer to the row in REST, on a machine that runs other tests, too. */
const VISIBLE_MS = 30_000;
/** For the operator, its broker and its agent to be pulled up. */
const DEPLOYED_MS = 150_000;
/** For broker and agent to end, and all that was installed to go. */
const REMOVED_MS = 240_000;

/** A server and a bridge outside of the cluster, which know it by the kubeconfig that a user uploads, and by nothing else. */
const undo = new AsyncDisposableStack();
let cluster: NodeCluster;
let outside: OutsideServer;
let id: string;

beforeAll(async () => {
  cluster = await NodeCluster.start();
  undo.defer(() => cluster.stop());
  await cluster.importImages(...operatorImages);
  id = (await cluster.admin.json({ path: '/api/v1/namespaces/kube-system' })).metadata.uid;
  outside = await OutsideServer.fromServer();
  undo.defer(() => outside.stop());
}, 600_000);

afterAll(() => undo.disposeAsync(), 120_000);

function kubectl(...args: string[]): Promise<string> {
  return runCommand('kubectl', ['--kubeconfig', cluster.kubeconfigPath, ...args]);
}

/** A kubeconfig of an account with the rights that the guide tells to give it, and no others. */
async function userKubeconfig(): Promise<string> {
  const guide = readFileSync(new URL('../../docs/guides/connect-a-cluster.md', import.meta.url), 'utf8');
  const [, rights = ''] = /^```yaml\n# server-rights\.yaml\n([^]*?)^```$/m.exec(guide) ?? [];
  await kubectl('create', 'serviceaccount', 'meshery-server');
  await runCommand('kubectl', ['--kubeconfig', cluster.kubeconfigPath, 'apply', '-f', '-'], { input: rights });
  const token = (await kubectl('create', 'token', 'meshery-server', '--duration=2h')).trim();
  return kubeconfigText({ server: cluster.access.url, caPem: cluster.access.caPem, token });
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

async function call(method: string, path: string, body?: object): Promise<Answer> {
  const { server } = outside;
  const { status, body: text } = await httpRequest(server.url + path, {
    method,
    headers: { ...server.client.headers, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status, body: JSON.parse(text.toString('utf8')) };
}

async function upload(): Promise<string> {
  const { server } = outside;
  const form = new FormData();
  form.set('meshsync_deployment_mode', 'operator');
  form.set('k8sfile', new Blob([await userKubeconfig()]), 'config.yaml');
  const response = await fetch(`${server.url}/api/system/kubernetes`, {
    method: 'POST',
    headers: server.client.headers,
    body: form,
  });
  const { connectedContexts } = (await response.json()) as { connectedContexts: { connectionId: string }[] };
  return connectedContexts[0]?.connectionId ?? '';
}

/** What the server made, or had made, in the cluster. */
async function leftovers(): Promise<readonly string[]> {
  const kinds = 'namespaces,clusterroles,clusterrolebindings,customresourcedefinitions';
  const names = await kubectl('get', kinds, '-o', 'name');
  return names.split('\n').filter((name) => name.includes('meshery') && !name.endsWith('meshery-deploys-operator'));
}

/** What the server told of its work in the cluster, for a failure. */
async function events(): Promise<string> {
  const { body } = await call('GET', '/api/system/events?pagesize=20');
  return `${JSON.stringify(body)}\n${await kubectl('get', 'all,namespaces', '-A')}`;
}

test('an uploaded kubeconfig becomes an operator, a broker and an agent, and what is in the cluster is in the server', async () => {
  const connection = await upload();
  const explain = async (): Promise<string> =>
    JSON.stringify(await call('GET', `/api/integrations/connections/${connection}/controllers`));
  await write({ cluster }, 'before');
  await waitUntil({ what: 'the cluster in the server', timeoutMs: DEPLOYED_MS, explain }, () =>
    outside.has({ id }, 'before'),
  );
  await write({ cluster }, 'live');
  await outside.sees({ id }, 'live', VISIBLE_MS);
  for (const kind of ['operator', 'meshsync']) {
    // Server, API server, operator and, for MeshSync, its agent: each hop answers.
    let answer: Answer | undefined;
    const told = (): string => JSON.stringify(answer);
    await waitUntil({ what: `the ping of the ${kind}`, timeoutMs: 60_000, explain: told }, async () => {
      const { body } = await call('GET', `/api/integrations/connections?kind=${kind}`);
      const [part] = (body as { connections: { id: string }[] }).connections;
      answer = await call('POST', `/api/integrations/connections/${part?.id ?? ''}/ping`, {});
      return answer.status === 200;
    });
  }
  const { status } = await call('PUT', `/api/integrations/connections/${connection}`, { status: 'disconnected' });
  expect(status).toBe(200);
  await waitUntil({ what: 'nothing being left', timeoutMs: REMOVED_MS, explain: events }, async () => {
    expect(await leftovers()).toEqual([]);
    return true;
  });
}, 900_000);
