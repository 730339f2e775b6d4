import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemClock } from '@meshery/observability';
import { freePort } from '@meshery/testing';
import { noCredential } from '../kubeconfig/credential.ts';
import { ApiServerGate } from '../transport/api-server-gate.ts';
import { createKubeTransport } from '../transport/kube-transport.ts';
import type { KubeTransport } from '../transport/kube-transport.ts';
import type { StreamOutcome } from './api-status.ts';
import type { ResourceSink, StreamPhase } from './resource-sink.ts';
import { ResourceStream } from './resource-stream.ts';
import { Semaphore } from './semaphore.ts';
import { defaultStreamConfig } from './stream-config.ts';

type Answer = (query: URLSearchParams, response: ServerResponse) => void;

const added = (name: string): string => `{"type":"ADDED","object":{"metadata":{"name":"${name}"}}}\n`;
const bookmark = (version: string, end = false): string =>
  `{"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"${version}"${end ? ',"annotations":{"k8s.io/initial-events-end":"true"}' : ''}}}}\n`;
const initial = `${added('a')}${added('b')}${bookmark('10', true)}`;

/** Answers 200 and leaves the body open. */
const open =
  (text: string): Answer =>
  (_, response) => {
    response.writeHead(200);
    response.flushHeaders();
    if (text !== '') response.write(text);
  };
const close =
  (text: string): Answer =>
  (_, response) => {
    response.end(text);
  };
const cut =
  (text: string): Answer =>
  (_, response) => {
    response.writeHead(200);
    response.write(text, () => response.destroy());
  };
const status =
  (code: number, message = '', headers: Record<string, string> = {}): Answer =>
  (_, response) => {
    response.writeHead(code, headers).end(JSON.stringify({ kind: 'Status', code, message }));
  };

/** Writes down what a stream says. */
class Recorder implements ResourceSink {
  readonly log: string[] = [];
  readonly ends: StreamOutcome[] = [];
  version: string | undefined;
  onEvent: () => void | Promise<void> = () => undefined;
  #waiters: { line: string; resolve: () => void }[] = [];

  position(): string | undefined {
    return this.version;
  }
  snapshotBegin(reason: string): void {
    this.#say(`begin ${reason}`);
  }
  snapshotEnd(version: string): void {
    this.version = version;
    this.#say(`end ${version}`);
  }
  bookmark(version: string): void {
    this.version = version;
    this.#say(`bookmark ${version}`);
  }
  event(type: string, object: Buffer): void | Promise<void> {
    const { metadata } = JSON.parse(object.toString()) as { metadata: { name: string } };
    this.#say(`${type} ${metadata.name}`);
    return this.onEvent();
  }
  idle(): undefined {
    return undefined;
  }
  oversized(bytes: number): void {
    this.#say(`oversized ${String(bytes)}`);
  }
  garbled(): void {
    this.#say('garbled');
  }
  phase(phase: StreamPhase, outcome?: StreamOutcome): void {
    if (outcome !== undefined) this.ends.push(outcome);
    this.#say(outcome === undefined ? phase : `${phase} ${outcome.reason}`);
  }

  /** Resolves when this line was said, now or later, `times` times. */
  async said(line: string, times = 1): Promise<void> {
    while (this.log.filter((said) => said === line).length < times) {
      await new Promise<void>((resolve) => this.#waiters.push({ line, resolve }));
    }
  }

  #say(line: string): void {
    this.log.push(line);
    const ready = this.#waiters.filter((waiter) => waiter.line === line);
    this.#waiters = this.#waiters.filter((waiter) => waiter.line !== line);
    for (const { resolve } of ready) resolve();
  }
}

describe('ResourceStream', () => {
  let server: Server;
  let transport: KubeTransport;
  let sink: Recorder;
  let script: Answer[];
  let requests: URLSearchParams[];
  let times: number[];
  const controller = { current: new AbortController() };
  let running: Promise<unknown>;

  beforeEach(async () => {
    script = [];
    requests = [];
    times = [];
    sink = new Recorder();
    controller.current = new AbortController();
    server = createServer((request, response) => {
      answer(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });

  afterEach(async () => {
    controller.current.abort();
    await running;
    await transport.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  function answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '', 'http://server');
    if (url.pathname === '/readyz') {
      response.end('ok');
      return;
    }
    requests.push(url.searchParams);
    times.push(performance.now());
    (script.shift() ?? open(''))(url.searchParams, response);
  }

  function start(config: Partial<typeof defaultStreamConfig> = {}, fieldSelector?: string): ResourceStream {
    const { port } = server.address() as AddressInfo;
    const access = {
      contextName: 't',
      clusterName: 't',
      server: `http://127.0.0.1:${String(port)}`,
      ca: undefined,
      cert: undefined,
      key: undefined,
      tlsServerName: undefined,
      insecureSkipTlsVerify: false,
      proxyUrl: undefined,
      credential: noCredential,
    };
    const { signal } = controller.current;
    transport = createKubeTransport(access, { clock: systemClock });
    const gate = new ApiServerGate({ transport, clock: systemClock, random: () => 0.5, probeMinMs: 10 });
    const quick = { backoffMinMs: 10, backoffMaxMs: 40, minConnectIntervalMs: 5, deniedRetryMs: 40, settleMs: 20 };
    const stream = new ResourceStream({
      transport,
      gate,
      clock: systemClock,
      random: () => 0.5,
      config: { ...defaultStreamConfig, ...quick, ...config },
      snapshots: new Semaphore(1),
      path: '/api/v1/things',
      ...(fieldSelector === undefined ? {} : { fieldSelector }),
      metadataOnly: false,
      sink,
    });
    running = Promise.all([stream.run(signal), gate.run(signal).catch(() => undefined)]);
    return stream;
  }

  test('streams the list, then the watch, on one connection', async () => {
    script = [open(`${initial}${added('c')}`)];
    start();
    await sink.said('ADDED c');
    expect(sink.log).toEqual(['listing', 'begin InitialSnapshot', 'ADDED a', 'ADDED b', 'end 10', 'live', 'ADDED c']);
    expect(Object.fromEntries(requests[0] ?? [])).toEqual({
      watch: '1',
      sendInitialEvents: 'true',
      resourceVersionMatch: 'NotOlderThan',
      allowWatchBookmarks: 'true',
    });
  });

  test('asks list and watch for the selected objects only, and says which of them failed', async () => {
    const page = close('{"metadata":{"resourceVersion":"20"},"items":[]}');
    script = [status(403, 'no list'), page, status(403, 'no watch'), open('')];
    start({ lists: 'pages' }, 'metadata.name=a');
    await sink.said('live');
    expect(sink.ends.map(({ verb, message }) => [verb, message])).toEqual([
      ['list', 'no list'],
      ['watch', 'no watch'],
    ]);
    expect(requests.map((query) => query.get('fieldSelector'))).toEqual(Array(4).fill('metadata.name=a'));
  });

  test('begins a snapshot anew when its list is cut, and ends only a whole one', async () => {
    script = [cut(added('a')), close(added('a')), open(initial)];
    start();
    await sink.said('live');
    expect(sink.log.filter((line) => line.startsWith('begin'))).toHaveLength(3);
    expect(sink.log.filter((line) => line.startsWith('end'))).toEqual(['end 10']);
  });

  test.each([
    ['closes the watch', close(''), 'waiting WatchEnded'],
    ['cuts the connection', cut(`${added('x')}{"type":"AD`), 'waiting ConnectionLost'],
  ])('resumes from the last position when the server %s', async (_, fault, said) => {
    script = [open(`${initial}${bookmark('12')}`), fault, open('')];
    start();
    await sink.said('bookmark 12');
    server.closeAllConnections();
    await sink.said(said);
    await sink.said('live', 2);
    expect(requests.at(-1)?.get('resourceVersion')).toBe('12');
    expect(sink.log.filter((line) => line.startsWith('begin'))).toHaveLength(1);
  });

  test.each([
    ['410 at connect', status(410, 'too old')],
    ['410 in the stream', open('{"type":"ERROR","object":{"kind":"Status","code":410,"reason":"Expired"}}\n')],
    ['a server that went back in time', open(bookmark('3'))],
  ])('takes a new snapshot after %s', async (_, fault) => {
    sink.version = '12';
    script = [fault, open(initial)];
    start();
    await sink.said('end 10');
    expect(requests).toHaveLength(2);
    expect(requests[1]?.get('sendInitialEvents')).toBe('true');
  });

  test('believes "too large resource version" only the third time', async () => {
    sink.version = '12';
    const behind = status(504, 'Too large resource version: 12, current: 3');
    script = [behind, behind, behind, open(initial)];
    start();
    await sink.said('end 10');
    expect(requests.map((query) => query.get('sendInitialEvents'))).toEqual([null, null, null, 'true']);
  });

  test('pages where the server does not stream lists, and remembers it', async () => {
    const page = (items: string, token: string): Answer =>
      close(`{"metadata":{"resourceVersion":"20","continue":"${token}"},"items":[${items}]}`);
    script = [
      status(422, 'sendInitialEvents is forbidden'),
      page('{"metadata":{"name":"a"}},{"metadata":{"name":"b"}}', 'more'),
      page('{"metadata":{"name":"c"}}', ''),
      open('{"type":"ERROR","object":{"code":410}}\n'),
      page('', ''),
      open(''),
    ];
    start({ pageSize: 2 });
    await sink.said('live');
    expect(sink.log.filter((line) => !line.startsWith('waiting'))).toEqual([
      'listing',
      'begin InitialSnapshot',
      'ADDED a',
      'ADDED b',
      'ADDED c',
      'end 20',
      'listing',
      'begin WatchExpired',
      'end 20',
      'live',
    ]);
    expect(requests.map((query) => query.get('continue'))).toEqual([null, null, 'more', null, null, null]);
    expect(requests[3]?.get('resourceVersion')).toBe('20');
  });

  test('pages after a streaming list that falls silent', async () => {
    script = [open(added('a')), close('{"metadata":{"resourceVersion":"20"},"items":[]}'), open('')];
    start({ listStallMs: 50 });
    await sink.said('live');
    expect(sink.ends[0]).toMatchObject({ end: 'fallback', reason: 'StreamingListStalled' });
  });

  test('notices silence, but not its own slowness', async () => {
    script = [open(initial), open('')];
    const slow: PromiseWithResolvers<void> = Promise.withResolvers();
    sink.onEvent = () => slow.promise;
    start({ stallMs: 60, listStallMs: 60 });
    await sink.said('ADDED a');
    await systemClock.sleep(150);
    slow.resolve();
    await sink.said('live');
    expect(sink.ends).toEqual([]);
    await sink.said('waiting QuietWatch');
    await sink.said('live', 2);
    expect(requests[1]?.get('resourceVersion')).toBe('10');
  });

  test('does not take the time in which this process was held up for silence of the server', async () => {
    let watch: ServerResponse | undefined;
    script = [
      (query, response) => {
        watch = response;
        open(initial)(query, response);
      },
    ];
    start({ stallMs: 200, listStallMs: 200 });
    await sink.said('live');
    watch?.write(added('c'));
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 400);
    await sink.said('ADDED c');
    expect(sink.ends).toEqual([]);
  });

  test('a watch that is opened anew because it was idle is never called stalled', async () => {
    script = [open(initial), open(''), open(bookmark('11')), open('')];
    start({ stallMs: 300, minConnectIntervalMs: 10 });
    await sink.said('live', 4);
    expect(new Set(sink.ends.map(({ end }) => end))).toEqual(new Set(['quiet']));
    expect(requests.map((query) => query.get('resourceVersion'))).toEqual([null, '10', '10', '11']);
  });

  test('changes that a dead connection kept back say that the watch had stalled, once', async () => {
    script = [open(initial), open(`${added('c')}${added('d')}`)];
    start({ stallMs: 300, minConnectIntervalMs: 10 });
    await sink.said('live', 2);
    expect(sink.log.slice(sink.log.indexOf('live'))).toEqual([
      'live',
      'waiting QuietWatch',
      'waiting StalledWatch',
      'ADDED c',
      'ADDED d',
      'live',
    ]);
    expect(sink.ends[1]).toMatchObject({ end: 'stalled', verb: 'watch' });
  });

  test('stops reading the socket while the consumer is busy', async () => {
    const many = Array.from({ length: 20_000 }, (_, index) => added(`${String(index)}-${'x'.repeat(400)}`)).join('');
    let finished = false;
    script = [
      (_, response) => {
        response.write(`${many}${bookmark('9', true)}`, () => {
          finished = true;
        });
      },
    ];
    const slow: PromiseWithResolvers<void> = Promise.withResolvers();
    sink.onEvent = () => slow.promise;
    start();
    await sink.said(`ADDED 0-${'x'.repeat(400)}`);
    await systemClock.sleep(100);
    expect(finished).toBe(false);
    sink.onEvent = () => undefined;
    slow.resolve();
    await sink.said('end 9');
    expect(sink.log.filter((line) => line.startsWith('ADDED'))).toHaveLength(20_000);
  });

  test('waits as long as Retry-After says', async () => {
    script = [status(429, 'slow down', { 'retry-after': '1' }), open(initial)];
    start();
    await sink.said('live');
    expect(sink.ends[0]).toMatchObject({ end: 'throttled', retryAfterMs: 1000 });
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(990);
  });

  test.each([
    [403, 'Forbidden', 'forbidden'],
    [401, 'Unauthorized', 'forbidden'],
    [404, 'NotServed', 'unsupported'],
    [503, 'ServerError', 'server-error'],
  ] as const)('tells %i as %s and tries again', async (code, reason, end) => {
    script = [status(code, 'because'), status(code, 'because'), open(initial)];
    start();
    await sink.said('live');
    expect(sink.ends).toMatchObject([{ end, reason, message: 'because' }, { end }]);
  });

  test('connects at most once per interval when the server keeps closing', async () => {
    sink.version = '5';
    script = Array.from({ length: 4 }, () => close(''));
    const begun = performance.now();
    start({ minConnectIntervalMs: 60 });
    await sink.said('waiting WatchEnded', 4);
    // From the beginning on, not between arrivals: a request may arrive late, but none is sent early (timers: 1 ms).
    for (const [index, time] of times.slice(0, 4).entries()) expect(time - begun).toBeGreaterThanOrEqual(59 * index);
  });

  test('skips what is too large or no event, and goes on', async () => {
    script = [open(`${added('a')}${added('x'.repeat(2000))}garbage\n${bookmark('10', true)}`)];
    start({ maxObjectBytes: 1000 });
    await sink.said('live');
    expect(sink.log).toEqual([
      'listing',
      'begin InitialSnapshot',
      'ADDED a',
      'oversized 2050',
      'garbled',
      'end 10',
      'live',
    ]);
  });

  test('takes a new snapshot when asked', async () => {
    script = [open(initial), open(initial)];
    const stream = start();
    await sink.said('live');
    stream.requestSnapshot('Requested');
    await sink.said('begin Requested');
    await sink.said('live', 2);
    expect(requests).toHaveLength(2);
  });

  test('waits at the gate while nothing listens and goes on when something does', async () => {
    const port = await freePort();
    await new Promise((resolve) => server.close(resolve));
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    script = [open(initial), open('')];
    start();
    await sink.said('live');
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await sink.said('waiting ApiServerUnreachable');
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    await sink.said('live', 2);
    expect(requests.at(-1)?.get('resourceVersion')).toBe('10');
  });
});
