import { controllersConfig } from '@meshery/object-model';
import { neededRights } from './needed-rights.ts';
import { wantedObjects } from './wanted-objects.ts';

const plain = { connectionId: 'c1', imageRegistry: 'registry.example.com:5000/m' };

function wanted(config: object = {}) {
  return wantedObjects({ ...plain, config: controllersConfig.parse(config) });
}

function specOf(kind: string, config: object = {}): unknown {
  return wanted(config).find(({ object }) => object.kind === kind)?.object['spec'];
}

test('what others need comes first: namespace, kinds, operator, and custom resources at the end', () => {
  const kinds = wanted().map(({ object }) => object.kind);
  expect(kinds.slice(0, 3)).toEqual(['Namespace', 'CustomResourceDefinition', 'CustomResourceDefinition']);
  expect(kinds.slice(-2)).toEqual(['Broker', 'MeshSync']);
  expect(kinds.indexOf('ServiceAccount')).toBeLessThan(kinds.indexOf('Deployment'));
});

test('every image is of the configured registry, and the operator of the configured version', () => {
  const text = JSON.stringify(specOf('Deployment', { operator: { version: '9.8.7' } }));
  expect(text).toContain('"image":"registry.example.com:5000/m/operator:9.8.7"');
  expect(text.match(/registry\.example\.com:5000\/m\//g)).toHaveLength(5);
  expect(text).not.toContain('localhost');
});

test('settings of the controllers become those of the custom resources', () => {
  const service = { type: 'LoadBalancer', loadBalancerSourceRanges: ['10.0.0.0/8'], annotations: { a: 'b' } };
  const whitelist = [{ resource: 'pods.v1.', events: ['ADDED'] }, { resource: 'nodes.v1.' }];
  const config = {
    broker: { replicas: 3, version: '2.15.2', service },
    meshsync: {
      replicas: 2,
      watchList: { whitelist },
      outputNamespaces: ['a'],
      outputResources: ['pods'],
      redactSecrets: false,
    },
  };
  expect(specOf('Broker', config)).toEqual({ size: 3, version: '2.15.2', tls: { mode: 'required' }, service });
  expect(specOf('MeshSync', config)).toEqual({
    size: 2,
    broker: { native: { name: 'meshery-broker', namespace: 'meshery' } },
    watchList: { only: [{ resource: 'pods.v1.', events: ['ADDED'] }, { resource: 'nodes.v1.' }] },
    namespaces: ['a'],
    outputResources: ['pods'],
    contentDedup: true,
    redaction: { secretKeys: false },
  });
});

test('the rights follow from the objects: to write and remove each, and to hand on the rights in roles', () => {
  const rights = neededRights(wanted()).map(({ verb, group, resource, namespace, name }) =>
    [verb, `${resource}.${group}`, namespace, name].join(' '),
  );
  for (const verb of ['get', 'create', 'patch', 'delete']) {
    expect(rights).toContain(`${verb} deployments.apps meshery meshery-operator`);
    expect(rights).toContain(`${verb} customresourcedefinitions.apiextensions.k8s.io  brokers.meshery.io`);
    expect(rights).toContain(`${verb} namespaces.  meshery`);
  }
  for (const verb of ['escalate', 'bind']) {
    expect(rights).toContain(`${verb} clusterroles.rbac.authorization.k8s.io  meshery-operator`);
    expect(rights).toContain(`${verb} roles.rbac.authorization.k8s.io meshery meshery-operator-leader`);
  }
  expect(rights.filter((right) => right.startsWith('escalate'))).toHaveLength(
    wanted().filter(({ object }) => /^(Cluster)?Role$/.test(object.kind)).length,
  );
});
