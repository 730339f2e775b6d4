import { firstOrganizationId } from '../provider/local/first-records.ts';
import { ClusterConditions } from './cluster-conditions.ts';
import { ClusterScope } from './scope/cluster-scope.ts';

const organizations: Readonly<Record<string, string>> = { mine: 'one', foreign: 'two' };
const source = { owners: new Map(), organizationOf: (id: string) => organizations[id] };
const condition = (name: string) => ({ name, apiServerUrl: '', reason: 'r', message: 'm', since: '' });

test('what keeps a cluster from being read is told to the organization of its connection alone', () => {
  const conditions = new ClusterConditions();
  conditions.watch(() => [
    { ...condition('mine'), connectionId: 'mine' },
    { ...condition('foreign'), connectionId: 'foreign' },
    { ...condition('gone'), connectionId: 'removed meanwhile' },
    condition('kubeconfig'),
  ]);
  const told = (ids: readonly string[] | 'all') =>
    conditions.apply([], new ClusterScope(source, ids)).map(({ name }) => name);
  expect(told(['one'])).toEqual(['mine']);
  expect(told([firstOrganizationId])).toEqual(['kubeconfig']);
  expect(told([])).toEqual([]);
  expect(told('all')).toEqual(['mine', 'foreign', 'gone', 'kubeconfig']);
});
