import { waitUntil } from '@meshery/testing';
import { ImageBuilds } from '../support/image-builds.ts';

/** In a composed image only for the processor of this machine. */
const otherProcessors = /^app\/node_modules\/(@koromix\/|better-sqlite3\/prebuilds\/)|^data\/README$/;
const READY_MS = 60_000;

/** Those of ours; what the nats images hold takes long to build. */
const programs = ['server', 'operator', 'meshsync', 'broker-bridge', 'remote-provider'];

let builds: ImageBuilds;

beforeAll(async () => {
  builds = await ImageBuilds.start(programs);
}, 600_000);

afterAll(() => builds.stop(), 60_000);

describe.each(programs)('the Dockerfile of %s', (name) => {
  let reference: string;

  beforeAll(async () => {
    reference = await builds.build(name);
  }, 600_000);

  test('makes the image that is composed without an engine', async () => {
    const [built, composed] = [await builds.facts(reference), await builds.facts(builds.composed(name))];
    for (const [path, facts] of composed.files) expect([path, built.files.get(path)]).toEqual([path, facts]);
    const more = [...built.files.keys()].filter((path) => !composed.files.has(path));
    expect(more.filter((path) => !otherProcessors.test(path))).toEqual([]);
    expect(built.config.User).toBe('65532:65532');
    expect(built.config.ExposedPorts).toEqual(composed.config.ExposedPorts);
    const settings = composed.config.Env.filter((setting) => !setting.startsWith('PATH='));
    expect(built.config.Env).toEqual(expect.arrayContaining(settings));
  });

  test('makes a program that starts as in its pod', async () => {
    const locked = ['--read-only', '--cap-drop', 'ALL', '--security-opt', 'no-new-privileges'];
    // Some end with an error after it.
    const help = (image: string): Promise<string> =>
      builds.engine
        .docker(['run', '--rm', ...locked, image, '--help'])
        .catch((error: unknown) => String(error).replace(image, name));
    expect(await help(reference)).toBe(await help(builds.composed(name)));
  });
});

test('the server of its Dockerfile keeps its stores on a volume and serves its pages', async () => {
  const locked = ['--read-only', '--cap-drop', 'ALL', '--volume', 'data:/data', '--tmpfs', '/tmp'];
  const env = ['--env', 'MESHERY_INSECURE=true', '--env', 'MESHERY_DISCOVERY=false'];
  await builds.engine.docker([
    'run',
    '--detach',
    '--name',
    'server',
    ...locked,
    ...env,
    'meshery.local/built/server:v1',
  ]);
  const ask = (path: string): Promise<string> => {
    const script = `fetch('http://127.0.0.1:9081${path}').then(async (a) => console.log(a.status, await a.text()))`;
    return builds.engine.docker(['exec', 'server', 'node', '-e', script]);
  };
  const explain = (): Promise<string> => builds.engine.docker(['logs', '--tail', '20', 'server']);
  await waitUntil({ what: 'the server being ready', timeoutMs: READY_MS, everyMs: 500, explain }, async () => {
    return (await ask('/healthz/ready')).startsWith('200 ');
  });
  expect(await ask('/provider')).toContain('/provider/_next/');
});
