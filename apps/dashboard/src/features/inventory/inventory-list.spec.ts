import type { ResourcePage, ResourceRow } from '@meshery/contracts';
import { ApiError } from '@meshery/client';
import { emptyFilter, type InventorySort } from '../../api/inventory-query.ts';
import type { PageRequest } from '../../api/inventory-api.ts';
import type { FeedListener } from '../live/live-feed.ts';
import { InventoryList } from './inventory-list.ts';

const sort: InventorySort = { column: 'name', descending: false };

function resource(name: string): ResourceRow {
  const metadata = { name, uid: `uid-${name}`, resourceVersion: '1' };
  return { id: name, apiVersion: 'v1', kind: 'Pod', cluster_id: 'c1', metadata };
}

function start(names: string[], perPage = 2) {
  let listener: FeedListener = {};
  const asked: (string | undefined)[] = [];
  const failures: Error[] = [];
  const server = { names, seq: 1 };
  const fetchPage = ({ after }: PageRequest): Promise<ResourcePage> => {
    asked.push(after);
    const failure = failures.pop();
    if (failure !== undefined) return Promise.reject(failure);
    const from = Number(after ?? '0');
    const resources = server.names.slice(from, from + perPage).map(resource);
    const next = from + perPage < server.names.length ? { next: String(from + perPage) } : {};
    return Promise.resolve({
      page: 0,
      pageSize: perPage,
      totalCount: server.names.length,
      resources,
      design: null,
      seq: server.seq,
      ...next,
    });
  };
  const list = new InventoryList({
    request: { filter: emptyFilter, sort, clusterIds: ['c1'] },
    feed: {
      listen: (added) => {
        listener = added;
        return () => {
          listener = {};
        };
      },
      whenOpen: () => Promise.resolve(),
      noteRead: () => undefined,
    },
    fetchPage,
    fetchCount: () => Promise.resolve(server.names.length),
  });
  const shown = (): readonly string[] => list.state().rows.map((row) => row.name);
  return { list, asked, failures, server, shown, feed: () => listener };
}

describe('InventoryList', () => {
  it('reads page after page until everything is loaded', async () => {
    const { list, asked, shown } = start(['a', 'b', 'c', 'd', 'e']);
    await list.start();
    expect(asked).toEqual([undefined, '2', '4']);
    expect(shown()).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(list.state()).toMatchObject({ phase: 'ready', complete: true, total: 5 });
  });

  it('shows a change as soon as it comes', async () => {
    const { list, shown, feed } = start(['a', 'c']);
    await list.start();
    feed().changes?.([{ seq: 2, event: { event: 'upsert', data: resource('b') } }]);
    expect(shown()).toEqual(['a', 'b', 'c']);
  });

  it('keeps the rows on the screen while it reads anew', async () => {
    const { list, server, shown } = start(['a', 'b', 'c', 'd']);
    await list.start();
    server.names = ['a', 'x', 'y', 'z'];
    const sizes: number[] = [];
    list.subscribe(() => sizes.push(shown().length));
    await list.reload();
    expect(Math.min(...sizes)).toBe(4);
    expect(shown()).toEqual(['a', 'x', 'y', 'z']);
  });

  it('says why it failed and goes on where it stopped', async () => {
    const { list, failures, shown } = start(['a', 'b', 'c']);
    failures.push(
      new ApiError({ status: 503, code: 'meshery-store-1601', message: 'away', probableCause: [], remedy: [] }),
    );
    await list.start();
    expect(list.state()).toMatchObject({ phase: 'failed', error: { fields: { code: 'meshery-store-1601' } } });
    await list.reload();
    expect(shown()).toEqual(['a', 'b', 'c']);
    expect(list.state().phase).toBe('ready');
  });

  it('is silent once stopped', async () => {
    const { list, feed, shown } = start(['a']);
    await list.start();
    list.stop();
    feed().changes?.([{ seq: 2, event: { event: 'upsert', data: resource('b') } }]);
    expect(shown()).toEqual(['a']);
  });
});
