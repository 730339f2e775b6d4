import type { ClusterStatus, KindStatus } from '@meshery/contracts';
import { isNotable, kindEntries } from './kind-entries.ts';

function status(kind: string, state: KindStatus['state'], message = ''): KindStatus {
  const since = '2026-01-01T00:00:00Z';
  return { resource: `${kind}.v1.`, kind, namespaced: true, state, reason: state, message, count: 0, since };
}

function cluster(...kinds: KindStatus[]): ClusterStatus {
  return {
    id: 'c',
    name: 'c',
    apiServerUrl: '',
    source: 'embedded',
    state: 'in-sync',
    reason: '',
    message: '',
    firstSeen: '',
    lastSeen: '',
    objectCount: 0,
    kinds,
  };
}

describe('kindEntries', () => {
  it('adds up a kind that several API groups have', () => {
    const kinds = [
      { Kind: 'Ingress', Model: 'a', Count: 2 },
      { Kind: 'Ingress', Model: 'b', Count: 3 },
    ];
    expect(kindEntries({ kinds, namespaces: [], labels: [] }, [])).toEqual([
      { kind: 'Ingress', count: 5, state: 'synced', reason: '' },
    ]);
  });

  it('shows the worst state of all clusters with its reason', () => {
    const [entry] = kindEntries(undefined, [
      cluster(status('Secret', 'synced')),
      cluster(status('Secret', 'forbidden', 'no list')),
      cluster(status('Secret', 'syncing')),
    ]);
    expect(entry).toMatchObject({ state: 'forbidden', reason: 'no list' });
  });

  it('hides empty kinds, but none that has a problem', () => {
    const entries = kindEntries(undefined, [
      cluster(status('A', 'synced'), status('B', 'forbidden'), status('C', 'unsupported')),
    ]);
    expect(entries.filter(isNotable).map((entry) => entry.kind)).toEqual(['B']);
  });
});
