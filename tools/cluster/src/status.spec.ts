import { formatStatus } from './status.ts';

test('the table of clusters names every process and what is wrong', () => {
  const table = formatStatus([
    {
      name: 'demo',
      nodes: 1,
      url: 'https://127.0.0.1:20001',
      processes: [
        { name: 'etcd', pid: 12 },
        { name: 'kube-apiserver', pid: undefined },
      ],
      api: 'connect ECONNREFUSED',
      healthy: false,
    },
  ]);
  expect(table.split('\n').map((line) => line.replaceAll(/ +/g, ' '))).toEqual([
    'CLUSTER PART STATE WHERE',
    'demo 1 nodes NOT HEALTHY https://127.0.0.1:20001',
    ' api connect ECONNREFUSED',
    ' etcd running 12',
    ' kube-apiserver not running',
  ]);
});
