import { LiveFeed, type EventStream } from './live-feed.ts';

class FakeStream implements EventStream {
  readonly since: number | undefined;
  readonly #listeners = new Map<string, (event: MessageEvent<string>) => void>();

  constructor(since: number | undefined) {
    this.since = since;
  }

  addEventListener(type: string, listener: (event: MessageEvent<string>) => void): void {
    this.#listeners.set(type, listener);
  }

  emit(type: string, data: unknown = {}, lastEventId = ''): void {
    this.#listeners.get(type)?.({ data: JSON.stringify(data), lastEventId } as MessageEvent<string>);
  }

  fail(): void {
    this.emit('error');
  }

  close(): void {
    this.#listeners.clear();
  }
}

function start() {
  const streams: FakeStream[] = [];
  const feed = new LiveFeed({
    open: (since) => {
      const stream = new FakeStream(since);
      streams.push(stream);
      return stream;
    },
    flushMs: 1,
    retryMs: { first: 1, most: 4 },
  });
  const seen: string[] = [];
  feed.listen({
    changes: (changes) => seen.push(...changes.map((change) => `${change.event.event}:${String(change.seq)}`)),
    reset: () => seen.push('reset'),
    clusters: () => seen.push('clusters'),
  });
  feed.connect();
  return { feed, streams, seen, stream: () => streams.at(-1) as FakeStream };
}

function until(condition: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      if (!condition()) return;
      clearInterval(timer);
      resolve();
    }, 1);
  });
}

describe('LiveFeed', () => {
  it('hands changes on in order with their sequence', async () => {
    const { seen, stream } = start();
    stream().emit('open');
    stream().emit('upsert', { id: 'a' }, '7');
    stream().emit('delete', { id: 'a' }, '8');
    await until(() => seen.length === 2);
    expect(seen).toEqual(['upsert:7', 'delete:8']);
  });

  it('continues after the last change when the server ends the stream', async () => {
    const { feed, seen, streams, stream } = start();
    stream().emit('open');
    stream().emit('upsert', { id: 'a' }, '7');
    stream().fail();
    expect(feed.state()).toBe('reconnecting');
    await until(() => streams.length === 2);
    stream().emit('open');
    expect(stream().since).toBe(7);
    expect(feed.state()).toBe('live');
    expect(seen).not.toContain('reset');
  });

  it('asks to read anew when it cannot know what it missed', async () => {
    const { seen, streams, stream } = start();
    stream().emit('open');
    stream().fail();
    await until(() => streams.length === 2);
    stream().emit('open');
    expect(seen).toEqual(['reset']);
  });

  it('continues after what was read when no event has come yet', async () => {
    const { feed, seen, streams, stream } = start();
    stream().emit('open');
    feed.noteRead(41);
    feed.noteRead(45);
    stream().fail();
    await until(() => streams.length === 2);
    stream().emit('open');
    expect(stream().since).toBe(41);
    expect(seen).toEqual([]);
  });

  it('passes the reset of the server on', () => {
    const { seen, stream } = start();
    stream().emit('open');
    stream().emit('reset', { reason: 'too old' }, '90');
    stream().emit('cluster', { cluster_id: 'c1' }, '91');
    expect(seen).toEqual(['reset', 'clusters']);
  });

  it('keeps trying while the server is away', async () => {
    const { streams, stream } = start();
    stream().fail();
    await until(() => streams.length === 2);
    stream().fail();
    await until(() => streams.length === 3);
    stream().emit('open');
    expect(streams).toHaveLength(3);
  });
});
