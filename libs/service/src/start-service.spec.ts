import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { MesheryError } from '@meshery/errors';
import { createLogger, createMetricsRegistry } from '@meshery/observability';
import { Controller, Get, Post } from '@nestjs/common';
import { ReadinessRegistry, startService } from './index.ts';
import type { RunningService, ServiceOptions } from './index.ts';

const gates = { slow: Promise.withResolvers<undefined>(), entered: Promise.withResolvers<undefined>() };

class SampleController {
  hello(): { hello: string } {
    return { hello: 'world' };
  }

  coded(): never {
    throw new MesheryError('meshery-kube-1303', 'The cluster does not answer.', { remedy: 'Start it.' });
  }

  later(): never {
    throw new MesheryError('meshery-core-1009', 'This cannot be done yet.');
  }

  broken(): never {
    throw new Error('secret detail of the inside');
  }

  told(): { told: boolean } {
    return { told: true };
  }

  async slow(): Promise<{ finished: boolean }> {
    gates.entered.resolve(undefined);
    await gates.slow.promise;
    return { finished: true };
  }
}
Controller('api')(SampleController);
for (const name of ['hello', 'coded', 'later', 'broken', 'slow'] as const) {
  const descriptor = Object.getOwnPropertyDescriptor(SampleController.prototype, name);
  Get(name)(SampleController.prototype, name, descriptor as PropertyDescriptor);
}
const told = Object.getOwnPropertyDescriptor(SampleController.prototype, 'told');
Post('told')(SampleController.prototype, 'told', told as PropertyDescriptor);
class SampleModule {}

/** All that is answered to these bytes until the connection ends. */
async function answerTo({ port }: RunningService, bytes: string): Promise<{ status: number; body: unknown }> {
  const socket = connect(port, '127.0.0.1').setEncoding('utf8');
  socket.end(bytes);
  const heard = (await socket.toArray()).join('');
  return { status: Number(heard.split(' ')[1]), body: JSON.parse(heard.slice(heard.indexOf('\r\n\r\n'))) as unknown };
}

function sample(overrides: Partial<ServiceOptions> = {}): { options: ServiceOptions; lines: string[] } {
  const lines: string[] = [];
  const options: ServiceOptions = {
    name: 'sample',
    version: '1.2.3',
    module: { module: SampleModule, controllers: [SampleController] },
    logger: createLogger({ service: 'sample', destination: { write: (line) => lines.push(line) } }),
    http: { host: '127.0.0.1', port: 0 },
    health: { livePath: '/healthz/live', readyPath: '/healthz/ready' },
    readiness: new ReadinessRegistry(),
    metrics: createMetricsRegistry({ service: 'sample', version: '1.2.3' }),
    ...overrides,
  };
  return { options, lines };
}

describe('startService', () => {
  const running: RunningService[] = [];
  const start = async (options: ServiceOptions): Promise<RunningService> => {
    const service = await startService(options);
    running.push(service);
    return service;
  };
  afterEach(async () => {
    for (const service of running.splice(0)) await service.stop();
  });

  test('answers a coded error with the published body, its status and the request id of the log', async () => {
    const { options } = sample();
    const { url } = await start(options);
    const response = await fetch(`${url}/api/coded`, { headers: { 'x-request-id': 'caller-chosen-1' } });
    expect(response.status).toBe(503);
    expect(response.headers.get('content-type')).toContain('application/json');
    expect(await response.json()).toEqual({
      error: 'The cluster does not answer.',
      code: 'meshery-kube-1303',
      severity: 'ERROR',
      probableCause: [],
      suggestedRemediation: ['Start it.'],
      longDescription: ['The cluster does not answer.'],
      requestId: 'caller-chosen-1',
    });
  });

  test('answers an unknown error with a safe message and logs the detail under the same id', async () => {
    const { options, lines } = sample();
    const { url } = await start(options);
    const response = await fetch(`${url}/api/broken`);
    const body = (await response.json()) as { code: string; requestId: string };
    expect(response.status).toBe(500);
    expect(JSON.stringify(body)).not.toContain('secret detail');
    expect(body.code).toBe('meshery-core-1000');
    expect(lines.some((line) => line.includes('secret detail') && line.includes(body.requestId))).toBe(true);
  });

  test('answers unknown paths and malformed JSON with JSON, never HTML', async () => {
    const { options } = sample();
    const { url } = await start(options);
    const missing = await fetch(`${url}/nowhere`, { headers: { accept: 'text/html' } });
    expect([missing.status, ((await missing.json()) as { code: string }).code]).toEqual([404, 'meshery-core-1002']);
    const init = { method: 'POST', body: '{"a":', headers: { 'content-type': 'application/json' } };
    const malformed = await fetch(`${url}/api/told`, init);
    expect(malformed.headers.get('content-type')).toContain('application/json');
    expect([malformed.status, ((await malformed.json()) as { code: string }).code]).toEqual([400, 'meshery-core-1001']);
  });

  test('a path that has other methods says which', async () => {
    const { options } = sample();
    const { url } = await start(options);
    for (const method of ['DELETE', 'POST', 'QUERY']) {
      const response = await fetch(`${url}/api/hello?a=/b`, { method });
      const { code } = (await response.json()) as { code: string };
      expect([response.status, code, response.headers.get('allow')]).toEqual([405, 'meshery-core-1017', 'GET, HEAD']);
    }
    expect((await fetch(`${url}/api/hello/further`, { method: 'DELETE' })).status).toBe(404);
  });

  test.each([
    ['no HTTP at all', 'hello\r\n\r\n', 400],
    ['a method that there is not', 'BREW /api/hello HTTP/1.1\r\nHost: localhost\r\n\r\n', 400],
    ['two lengths', 'POST /api/told HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nContent-Length: 1\r\n\r\n', 400],
    ['a path that is not encoded', 'GET /api/%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n', 400],
    ['headers of 20,000 bytes', `GET / HTTP/1.1\r\nHost: a\r\nX-A: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
  ])('%s is refused with the published body', async (_what, bytes, status) => {
    const service = await start(sample().options);
    const answer = await answerTo(service, bytes);
    const body = { code: 'meshery-core-1001', requestId: expect.stringMatching(/^[\da-f-]{36}$/) as string };
    expect(answer).toMatchObject({ status, body: { ...body, error: expect.any(String) as string } });
  });

  test('what a version cannot do yet is no failure in the log', async () => {
    const { options, lines } = sample();
    const { url } = await start(options);
    expect((await fetch(`${url}/api/later`)).status).toBe(501);
    const levels = lines.filter((line) => line.includes('meshery-core-1009')).map((line) => JSON.parse(line) as object);
    expect(levels).toEqual([expect.objectContaining({ level: 'info' })]);
  });

  test('an unsafe request id is replaced', async () => {
    const { options } = sample();
    const { url } = await start(options);
    const response = await fetch(`${url}/api/hello`, { headers: { 'x-request-id': 'a b<script>' } });
    expect(response.headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
  });

  test('readiness follows the checks both ways and names the reasons', async () => {
    const { options } = sample();
    let healthy = false;
    options.readiness.register('store', () => ({ ready: healthy, reason: 'the writer is restarting' }));
    const { url } = await start(options);
    const red = await fetch(`${url}/healthz/ready`);
    expect(red.status).toBe(503);
    expect(await red.json()).toMatchObject({ code: 'meshery-core-1008', reasons: ['store: the writer is restarting'] });
    healthy = true;
    expect((await fetch(`${url}/healthz/ready`)).status).toBe(200);
    healthy = false;
    expect((await fetch(`${url}/healthz/ready`)).status).toBe(503);
    expect((await fetch(`${url}/healthz/live`)).status).toBe(200);
  });

  test('a check that throws is not ready', async () => {
    const { options } = sample();
    options.readiness.register('broker', () => Promise.reject(new Error('connection refused')));
    const { url } = await start(options);
    const response = await fetch(`${url}/healthz/ready`);
    expect(await response.json()).toMatchObject({ reasons: ['broker: connection refused'] });
  });

  test('serves process metrics and request times by route', async () => {
    const { options } = sample();
    const { url } = await start(options);
    await (await fetch(`${url}/api/hello`)).text();
    const text = await (await fetch(`${url}/metrics`)).text();
    expect(text).toContain('process_resident_memory_bytes');
    expect(text).toContain('meshery_build_info{service="sample",version="1.2.3"} 1');
    expect(text).toMatch(/http_request_duration_seconds_count\{method="GET",route="\/api\/hello",status="200"\} 1/);
  });

  test('a port in use is a coded error with its remedy', async () => {
    const blocker = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => blocker.once('listening', resolve));
    const { port } = blocker.address() as AddressInfo;
    const { options } = sample({ http: { host: '127.0.0.1', port } });
    await expect(startService(options)).rejects.toMatchObject({
      code: 'meshery-config-1101',
      remedy: expect.stringContaining('--port') as string,
    });
    await new Promise((resolve) => blocker.close(resolve));
  });

  test('draining finishes what is in flight, turns readiness red first and aborts the shutdown signal', async () => {
    const { options } = sample();
    const service = await start(options);
    const inFlight = fetch(`${service.url}/api/slow`);
    await gates.entered.promise;
    const stopped = service.stop();
    expect(service.shutdown.aborted).toBe(true);
    expect((await options.readiness.report()).checks).toHaveProperty('shutdown');
    gates.slow.resolve(undefined);
    expect(await (await inFlight).json()).toEqual({ finished: true });
    expect(await stopped).toBe(true);
    await expect(fetch(`${service.url}/api/hello`)).rejects.toThrow();
  });

  test('what does not finish in the drain time is cut and reported as unclean', async () => {
    const { options } = sample({ drainMs: 200 });
    gates.slow = Promise.withResolvers<undefined>();
    gates.entered = Promise.withResolvers<undefined>();
    const service = await start(options);
    const inFlight = fetch(`${service.url}/api/slow`).then(
      () => 'answered',
      () => 'cut',
    );
    await gates.entered.promise;
    expect(await service.stop()).toBe(false);
    expect(await inFlight).toBe('cut');
    gates.slow.resolve(undefined);
  });
});
