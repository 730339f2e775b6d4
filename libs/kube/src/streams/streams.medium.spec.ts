import { once } from 'node:events';
import { Agent, request } from 'node:http';
import type { Duplex } from 'node:stream';
import { text } from 'node:stream/consumers';
import { systemClock } from '@meshery/observability';
import { NodeCluster } from '@meshery/testing';
import { resolveAccess } from '../kubeconfig/cluster-access.ts';
import type { ClusterAccess } from '../kubeconfig/cluster-access.ts';
import { loadKubeconfig } from '../kubeconfig/load-kubeconfig.ts';
import { portForward } from './index.ts';

const namespace = 'default';
const never = new AbortController().signal;
const probe = { namespace, pod: 'probe', port: 8080 };

let cluster: NodeCluster;
let access: ClusterAccess;

beforeAll(async () => {
  cluster = await NodeCluster.start();
  const config = await loadKubeconfig({ kubeconfigVariable: cluster.kubeconfigPath });
  access = await resolveAccess(config, { trust: 'user-file', clock: systemClock });
  await cluster.run({ name: 'probe', script: 'exec /probe' });
}, 300_000);

afterAll(() => cluster.stop(), 120_000);

/** One HTTP exchange over a stream. */
async function exchange(stream: Duplex, method: string, path: string, body = ''): Promise<string> {
  const agent = new Agent();
  agent.createConnection = () => stream;
  const outgoing = request({ agent, method, path, host: 'probe', headers: { 'content-length': body.length } });
  outgoing.end(body);
  const [answer] = (await once(outgoing, 'response')) as [NodeJS.ReadableStream];
  return text(answer);
}

describe('portForward', () => {
  test('carries a connection to a port of a pod, and others beside it', async () => {
    const [one, two] = await Promise.all([portForward(access, probe, never), portForward(access, probe, never)]);
    const answers = await Promise.all([exchange(one, 'GET', '/whoami'), exchange(two, 'GET', '/whoami')]);
    expect(answers.map((answer) => JSON.parse(answer) as unknown)).toEqual([
      { name: 'probe', from: '127.0.0.1' },
      { name: 'probe', from: '127.0.0.1' },
    ]);
    two.destroy();
    one.destroy();
  });

  test('carries a megabyte in either direction unchanged', async () => {
    const body = 'abcdefghij'.repeat(100_000);
    const put = await portForward(access, probe, never);
    expect(await exchange(put, 'PUT', '/file?path=/dev/shm/m', body)).toContain('written');
    put.destroy();
    const get = await portForward(access, probe, never);
    expect(JSON.parse(await exchange(get, 'GET', '/file?path=/dev/shm/m')) as string).toBe(body);
    get.destroy();
  });

  test('ends with a code when nothing listens on the port', async () => {
    const stream = await portForward(access, { ...probe, port: 9 }, never);
    const [error] = (await once(stream, 'error')) as [unknown];
    expect(error).toMatchObject({
      code: 'meshery-kube-1314',
      message: expect.stringContaining('refused') as unknown,
      remedy: expect.any(String) as unknown,
    });
  });

  test('rejects with a code when there is no such pod', async () => {
    await expect(portForward(access, { ...probe, pod: 'absent' }, never)).rejects.toMatchObject({
      code: 'meshery-kube-1313',
      message: expect.stringContaining('"absent" not found') as unknown,
    });
  });

  test('lets Kubernetes decide by the rights of another user', async () => {
    const impersonate = { user: 'nobody', groups: ['guests', 'visitors'] };
    await expect(portForward(access, { ...probe, impersonate }, never)).rejects.toMatchObject({
      code: 'meshery-kube-1308',
      message: expect.stringContaining('"nobody"') as unknown,
    });
    const master = { user: 'somebody', groups: ['visitors', 'system:masters'] };
    const stream = await portForward(access, { ...probe, impersonate: master }, never);
    expect(await exchange(stream, 'GET', '/whoami')).toContain('probe');
    stream.destroy();
  });

  test('ends when the signal aborts', async () => {
    const stop = new AbortController();
    const stream = await portForward(access, probe, stop.signal);
    const failed = once(stream, 'error');
    stop.abort(new Error('enough'));
    expect((await failed)[0]).toMatchObject({ message: 'enough' });
    expect(stream.destroyed).toBe(true);
    await expect(portForward(access, probe, stop.signal)).rejects.toThrow('enough');
  });
});
