import { once } from 'node:events';
import { Agent, request } from 'node:http';
import type { Duplex } from 'node:stream';
import { text } from 'node:stream/consumers';
import { systemClock } from '@meshery/observability';
import { NodeCluster, waitUntil, within } from '@meshery/testing';
import { resolveAccess } from '../kubeconfig/cluster-access.ts';
import type { ClusterAccess } from '../kubeconfig/cluster-access.ts';
import { loadKubeconfig } from '../kubeconfig/load-kubeconfig.ts';
import { createKubeTransport } from '../transport/kube-transport.ts';
import type { KubeTransport } from '../transport/kube-transport.ts';
import { exec, followLogs, portForward } from './index.ts';
import type { ExecOutput, ExecStream, LogTarget } from './index.ts';

const namespace = 'default';
const never = new AbortController().signal;
const probe = { namespace, pod: 'probe', port: 8080 };

let cluster: NodeCluster;
let access: ClusterAccess;
let transport: KubeTransport;

beforeAll(async () => {
  cluster = await NodeCluster.start();
  const config = await loadKubeconfig({ kubeconfigVariable: cluster.kubeconfigPath });
  access = await resolveAccess(config, { trust: 'user-file', clock: systemClock });
  // Shorter than the silence of a quiet container.
  transport = createKubeTransport(access, { clock: systemClock, headTimeoutMs: 500 });
  await cluster.run({ name: 'probe', script: 'exec /probe' });
}, 300_000);

afterAll(async () => {
  await transport.close();
  await cluster.stop();
}, 120_000);

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

const shell = { namespace, pod: 'probe', container: 'main', command: ['/bin/sh'], tty: false };

/** Reads output until the text appears in it. */
async function readUntil(stream: ExecStream, wanted: string): Promise<void> {
  let seen = '';
  while (!seen.includes(wanted)) {
    const piece = stream.read() as ExecOutput | null;
    if (piece === null) await within(60_000, `"${wanted}" after ${seen}`, once(stream, 'readable'));
    else seen += piece.data.toString();
  }
}

async function collect(stream: ExecStream): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const seen = { stdout: '', stderr: '' };
  for await (const output of stream as AsyncIterable<ExecOutput>) seen[output.stream] += output.data.toString();
  return seen;
}

describe('exec', () => {
  test('runs a program with its input, both outputs and its exit code', async () => {
    const stream = await exec(access, { ...shell, command: ['/bin/sh', '-c', 'cat; echo wrong >&2; exit 7'] }, never);
    stream.write('grüße\n');
    stream.end();
    expect(await collect(stream)).toEqual({ stdout: 'grüße\n', stderr: 'wrong\n' });
    expect(await stream.exit).toBe(7);
    const well = await exec(access, { ...shell, command: ['/bin/sh', '-c', 'exit 0'] }, never);
    well.resume();
    expect(await well.exit).toBe(0);
  });

  test('gives it a terminal that can be resized and understands keys', async () => {
    const stream = await exec(access, { ...shell, tty: true }, never);
    stream.resize(91, 33);
    const awaitSize = (size: string) => `while [ "$(stty size)" != "${size}" ]; do sleep 0.1; done; echo $((40 + 2))\r`;
    stream.write(awaitSize('33 91'));
    await readUntil(stream, '42\r\n$ ');
    stream.resize(92, 34);
    stream.write(awaitSize('34 92'));
    await readUntil(stream, '42\r\n$ ');
    stream.write('cat\r');
    await readUntil(stream, 'cat\r\n');
    stream.write('loud\r');
    await readUntil(stream, 'loud\r\nloud');
    stream.write('\u0003');
    await readUntil(stream, '^C\r\n$ ');
    stream.write('exit 3\r');
    stream.resume();
    expect(await stream.exit).toBe(3);
  });

  test('stops the program while nobody reads', async () => {
    const stream = await exec(access, { ...shell, command: ['/bin/cat', '/dev/zero'] }, never);
    await once(stream, 'readable');
    await waitUntil(
      { what: 'the pause', timeoutMs: 60_000 },
      () => stream.readableLength >= stream.readableHighWaterMark,
    );
    const held = stream.readableLength;
    await systemClock.sleep(300);
    expect(stream.readableLength).toBe(held);
    stream.destroy();
    await expect(stream.exit).rejects.toMatchObject({ code: 'meshery-kube-1314' });
  });

  test('ends with a code when the program is missing, and rejects when the container is', async () => {
    const stream = await exec(access, { ...shell, command: ['/absent'] }, never);
    stream.resume();
    const [error] = (await once(stream, 'error')) as [unknown];
    expect(error).toMatchObject({
      code: 'meshery-kube-1314',
      message: expect.stringContaining('no such file') as unknown,
    });
    await expect(stream.exit).rejects.toBe(error);
    await expect(exec(access, { ...shell, container: 'absent' }, never)).rejects.toMatchObject({
      code: 'meshery-core-1001',
      message: expect.stringContaining('absent') as unknown,
    });
  });

  test('ends when the signal aborts', async () => {
    const stop = new AbortController();
    const stream = await exec(access, shell, stop.signal);
    const failed = once(stream, 'error');
    stop.abort(new Error('enough'));
    expect((await failed)[0]).toMatchObject({ message: 'enough' });
  });
});

describe('followLogs', () => {
  const read = async (target: Partial<LogTarget> & { pod: string }, signal = never): Promise<string> => {
    const chunks: Buffer[] = [];
    for await (const chunk of followLogs(transport, { namespace, follow: false, ...target }, signal))
      chunks.push(chunk);
    return Buffer.concat(chunks).toString();
  };

  test('reads what is there, all or the last lines, with their times', async () => {
    await cluster.run({ name: 'three', script: 'echo one; echo two; echo three; exec sleep 1000' });
    await waitUntil({ what: 'the lines', timeoutMs: 60_000 }, async () =>
      (await read({ pod: 'three' })).includes('three'),
    );
    expect(await read({ pod: 'three' })).toBe('one\ntwo\nthree\n');
    expect(await read({ pod: 'three', container: 'main', tailLines: 1 })).toBe('three\n');
    expect(await read({ pod: 'three', tailLines: 1, timestamps: true })).toMatch(/^\d{4}-\d\d-\d\dT\S+Z three\n$/);
  });

  test('follows a container that is silent for a while to its end', async () => {
    await cluster.run({ name: 'late', script: 'sleep 3; echo late' });
    expect(await read({ pod: 'late', follow: true })).toBe('late\n');
  });

  test('ends when the signal aborts, also before the first line', async () => {
    const stop = new AbortController();
    const reading = read({ pod: 'three', follow: true, tailLines: 0 }, stop.signal);
    stop.abort(new Error('enough'));
    await expect(reading).rejects.toThrow('enough');
    const later = new AbortController();
    const following = followLogs(transport, { namespace, pod: 'three', follow: true }, later.signal);
    await following.next();
    later.abort(new Error('enough'));
    await expect(following.next().then(() => following.next())).rejects.toThrow('enough');
  });

  test('rejects with codes', async () => {
    await expect(read({ pod: 'absent' })).rejects.toMatchObject({ code: 'meshery-kube-1313' });
    await expect(read({ pod: 'three', previous: true })).rejects.toMatchObject({ code: 'meshery-core-1001' });
    const impersonate = { user: 'nobody', groups: [] };
    await expect(read({ pod: 'three', impersonate })).rejects.toMatchObject({ code: 'meshery-kube-1308' });
  });
});
