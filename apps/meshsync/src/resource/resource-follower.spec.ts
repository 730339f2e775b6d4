import { createServer } from 'node:http';
import type { Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { MeshSyncSpec } from '@meshery/contracts/crds';
import { noCredential } from '@meshery/kube';
import type { ClusterAccess } from '@meshery/kube';
import { createLogger, systemClock } from '@meshery/observability';
import { waitUntil } from '@meshery/testing';
import { ResourceFollower } from './resource-follower.ts';

type Answer = (response: ServerResponse) => void;

const say =
  (status: number, body: object): Answer =>
  (response) => {
    response.writeHead(status).end(JSON.stringify(body));
  };
const refuse = (message: string): Answer => say(403, { kind: 'Status', code: 403, reason: 'Forbidden', message });
const list = (...items: object[]): Answer => say(200, { metadata: { resourceVersion: '5' }, items });
const object = (level: string): object => ({
  metadata: { name: 'one', resourceVersion: '4' },
  spec: { logLevel: level },
});
/** A watch that stays open after these events. */
const watch =
  (...events: object[]): Answer =>
  (response) => {
    response.writeHead(200).flushHeaders();
    for (const event of events) response.write(`${JSON.stringify(event)}\n`);
  };

describe('ResourceFollower', () => {
  let server: Server;
  let script: Answer[];
  let paths: string[];
  let group: Answer;
  let specs: MeshSyncSpec[];
  let stop: AbortController;
  let running: Promise<void>;

  beforeEach(async () => {
    script = [];
    paths = [];
    specs = [];
    stop = new AbortController();
    group = say(200, { preferredVersion: { version: 'v1alpha2' } });
    server = createServer((request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '', 'http://api');
      if (pathname === '/apis/meshery.io') group(response);
      else if (pathname === '/readyz') response.end('ok');
      else {
        paths.push(`${pathname} ${searchParams.get('fieldSelector') ?? ''}`);
        (script.shift() ?? watch())(response);
      }
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });

  afterEach(async () => {
    stop.abort();
    await running;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  function start(optional: boolean): ResourceFollower {
    const { port } = server.address() as AddressInfo;
    const follower = new ResourceFollower({
      access: { server: `http://127.0.0.1:${String(port)}`, credential: noCredential } as ClusterAccess,
      clock: systemClock,
      logger: createLogger({ service: 'test', level: 'silent' }),
      random: () => 0,
      resource: { namespace: 'meshery', name: 'one' },
      optional,
      onSpec: (spec) => void specs.push(spec),
    });
    running = follower.run(stop.signal);
    return follower;
  }

  const until = (what: string, probe: () => boolean) => waitUntil({ what, timeoutMs: 60_000, everyMs: 5 }, probe);
  const levels = (): (string | undefined)[] => specs.map(({ logLevel }) => logLevel);

  test('reads its object and follows it, and nothing else', async () => {
    script = [list(object('info')), watch({ type: 'MODIFIED', object: object('debug') })];
    const follower = start(false);
    await follower.answered;
    expect(levels()).toEqual(['info']);
    await until('the change', () => levels().at(-1) === 'debug');
    const path = '/apis/meshery.io/v1alpha2/namespaces/meshery/meshsyncs metadata.name=one';
    expect(paths).toEqual([path, path]);
    expect(follower.conditions()).toEqual([]);
  });

  test('asks for the version that the API server has', async () => {
    group = say(200, { preferredVersion: { version: 'v1alpha1' } });
    script = [list(object('info'))];
    await start(false).answered;
    expect(paths[0]).toContain('/v1alpha1/');
  });

  test('keeps what it read while the resource is forbidden later, and says so until it is not', async () => {
    script = [list(object('info')), refuse('no watch'), refuse('no watch'), watch()];
    const follower = start(false);
    await until('the condition', () => follower.conditions().length > 0);
    expect(follower.conditions()[0]).toMatchObject({
      reason: 'MeshSyncUnreadable',
      message: expect.stringMatching(/meshery\/one.*no watch.*Role in meshery.*last stays in force/) as unknown,
    });
    await until('its end', () => follower.conditions().length === 0);
    expect(levels()).toEqual(['info']);
  });

  test('says that the resource is deleted, until there is one again', async () => {
    script = [list(object('info')), watch({ type: 'DELETED', object: object('info') })];
    const follower = start(false);
    await until('the condition', () => follower.conditions()[0]?.reason === 'MeshSyncNotFound');
    expect(levels()).toEqual(['info']);
    script = [watch({ type: 'ADDED', object: object('warn') })];
    server.closeAllConnections();
    await until('the new one', () => levels().at(-1) === 'warn');
    expect(follower.conditions()).toEqual([]);
  });

  test('waits for an API server that does not answer: nothing can be discovered meanwhile', async () => {
    const answer = group;
    group = (response) => response.destroy();
    const follower = start(false);
    await until('the condition', () => follower.conditions()[0]?.reason === 'MeshSyncUnreadable');
    let answered = false;
    const answering = follower.answered.then(() => {
      answered = true;
    });
    expect(answered).toBe(false);
    group = answer;
    script = [list(object('info'))];
    await answering;
    expect(levels()).toEqual(['info']);
  });

  test('does not ask again for a resource that nobody named and that may not be read', async () => {
    script = [refuse('no list')];
    const follower = start(true);
    await running;
    await follower.answered;
    expect(paths).toHaveLength(1);
    expect(follower.conditions()).toEqual([]);
  });

  test('waits silently for a resource that nobody named and that is not there yet', async () => {
    script = [list(), watch({ type: 'ADDED', object: object('warn') })];
    const follower = start(true);
    await follower.answered;
    expect(follower.conditions()).toEqual([]);
    await until('the resource', () => levels().join() === 'warn');
  });
});
