import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseTraceparent, startTracing } from './index.ts';

const parent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

interface ExportedSpan {
  readonly name: string;
  readonly traceId: string;
  readonly parentSpanId?: string;
  readonly status?: { readonly code?: number };
}

/** A collector on loopback: answers 200 and keeps the spans it got. */
async function collector(): Promise<{ url: string; spans: ExportedSpan[]; close: () => Promise<void> }> {
  const spans: ExportedSpan[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString()) as {
        resourceSpans: { scopeSpans: { spans: ExportedSpan[] }[] }[];
      };
      spans.push(...body.resourceSpans.flatMap((entry) => entry.scopeSpans.flatMap((scope) => scope.spans)));
      response.setHeader('content-type', 'application/json').end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`, spans, close };
}

describe('startTracing', () => {
  test('without an endpoint the trace of the caller is passed on unchanged', async () => {
    const tracing = await startTracing({ service: 'sample', version: '1' });
    expect(await tracing.span('work', { parent }, (span) => Promise.resolve(span.traceparent))).toBe(parent);
    const fresh = await tracing.span('work', {}, (span) => Promise.resolve(span.traceparent));
    expect(parseTraceparent(fresh)).toBeDefined();
    await tracing.close();
  });

  test('with an endpoint spans are exported as children of the caller, errors marked', async () => {
    const target = await collector();
    const tracing = await startTracing({ service: 'sample', version: '1', otlpEndpoint: target.url });
    const inner = await tracing.span('ingest', { parent, kind: 'consumer' }, (span) =>
      Promise.resolve(span.traceparent),
    );
    const failing = tracing.span('fails', { parent: inner }, () => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
    await tracing.close();
    await target.close();
    expect(target.spans.map((span) => span.name).sort()).toEqual(['fails', 'ingest']);
    for (const span of target.spans) expect(span.traceId).toBe('0af7651916cd43dd8448eb211c80319c');
    const spanOf = (name: string): ExportedSpan | undefined => target.spans.find((span) => span.name === name);
    expect(spanOf('ingest')?.parentSpanId).toBe('b7ad6b7169203331');
    expect(spanOf('fails')).toMatchObject({ parentSpanId: inner.slice(36, 52), status: { code: 2 } });
  });
});
