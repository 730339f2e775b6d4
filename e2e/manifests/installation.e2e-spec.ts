import {
  type ControlPlane,
  minimalControllers,
  resolveBinary,
  runCommand,
  runCommandAnyway,
  startControlPlane,
  waitUntil,
} from '@meshery/testing';
import {
  type Part,
  type Rendered,
  chart,
  chartName,
  containersOf,
  inAnyOrder,
  kustomization,
  kustomized,
  kustomizedWith,
  podOf,
  templated,
} from '../support/installation.ts';

const parts: readonly Part[] = ['operator', 'server'];
const operator = 'system:serviceaccount:meshery:meshery-operator';
const server = 'system:serviceaccount:meshery:meshery-server';

let plane: ControlPlane;

beforeAll(async () => {
  const controllers = ['clusterrole-aggregation-controller', 'persistentvolumeclaim-protection-controller'];
  plane = await startControlPlane({ controllers: [...minimalControllers, ...controllers] });
  await kubectl('apply', '-f', `${kustomization('operator')}/namespace.yaml`);
  for (const part of parts) await helm('install', chartName(part), chart(part));
}, 300_000);

afterAll(() => plane.stop());

function kubectl(...args: string[]): Promise<string> {
  return runCommand('kubectl', ['--kubeconfig', plane.kubeconfigPath, ...args]);
}

async function helm(...args: string[]): Promise<string> {
  const place = ['--kubeconfig', plane.kubeconfigPath, '--namespace', 'meshery'];
  return runCommand(await resolveBinary('helm'), [...args, ...place]);
}

/** What the API server says to an object; with a user, to one who may do no more than that user. */
async function offer(object: object, ...args: string[]): Promise<string> {
  const command = ['--kubeconfig', plane.kubeconfigPath, ...args, '-f', '-'];
  const { stdout, stderr } = await runCommandAnyway('kubectl', command, { input: JSON.stringify(object) });
  return `${stdout}${stderr}`;
}

async function may(user: string, ...what: string[]): Promise<boolean> {
  const command = ['--kubeconfig', plane.kubeconfigPath, 'auth', 'can-i', `--as=${user}`, ...what];
  return (await runCommandAnyway('kubectl', command)).code === 0;
}

const withoutNamespace = (objects: Map<string, Rendered>): Map<string, Rendered> => {
  objects.delete('Namespace meshery');
  return objects;
};

async function expectRestricted(objects: Map<string, Rendered>): Promise<void> {
  const deployments = [...objects.values()].filter(({ kind }) => kind === 'Deployment');
  expect(deployments).toHaveLength(1);
  for (const deployment of deployments) {
    const pod = podOf(deployment);
    expect(await offer(pod, 'create', '--dry-run=server')).toMatch(/^pod\/\S+ created \(server dry run\)\s*$/);
    const loose = structuredClone(pod) as { spec: { securityContext?: object } };
    delete loose.spec.securityContext;
    expect(await offer(loose, 'create', '--dry-run=server')).toContain('violates PodSecurity "restricted:latest"');
  }
  for (const { resources } of containersOf(objects)) expect(resources?.limits?.memory).toBeDefined();
}

describe.each(parts)('the installation of the %s', (part) => {
  test('is the same by Kustomize and by Helm', async () => {
    const objects = await templated(part);
    for (const { kind, metadata } of objects.values()) {
      if (kind !== 'PersistentVolumeClaim') continue;
      expect(metadata.annotations).toEqual({ 'helm.sh/resource-policy': 'keep' });
      Object.assign(metadata, { annotations: undefined });
    }
    expect(objects).toEqual(withoutNamespace(await kustomized(part)));
  });

  test('is taken by an API server, and what Helm installed is the same to it', async () => {
    const said = await kubectl(
      'apply',
      '--server-side',
      '--dry-run=server',
      '--force-conflicts',
      '-k',
      kustomization(part),
    );
    expect(said.trim().split('\n')).toHaveLength((await kustomized(part)).size);
    const { stdout, code } = await runCommandAnyway('kubectl', [
      '--kubeconfig',
      plane.kubeconfigPath,
      'diff',
      '-k',
      kustomization(part),
    ]);
    const changes = stdout
      .split('\n')
      .filter((line) => /^[+-] /.test(line) && !/generation:|resource-policy|annotations/.test(line));
    expect({ code: code === 0 || code === 1, changes }).toEqual({ code: true, changes: [] });
  });

  test('makes pods that the restricted profile admits, with limits for every container', async () => {
    await expectRestricted(await kustomized(part));
  });
});

test('the reference provider is taken by an API server, and its pod is restricted', async () => {
  const folder = kustomization('remote-provider');
  await kubectl('apply', '-f', `${folder}/namespace.yaml`);
  await kubectl('apply', '-k', folder);
  await expectRestricted(await kustomized('remote-provider'));
  await kubectl('delete', '-k', folder, '--wait=false');
});

test('values of the charts reach the pods', async () => {
  const objects = await templated('server', 'tls.secretName=web', 'image.tag=9', 'persistence.enabled=false');
  const pod = JSON.stringify(objects.get('Deployment meshery/meshery'));
  for (const text of ['server:9"', '"MESHERY_TLS_CERT"', '"secretName":"web"', '"scheme":"HTTPS"', '"emptyDir":{}'])
    expect(pod).toContain(text);
  expect(pod).not.toContain('MESHERY_INSECURE');
  expect([...objects.keys()]).not.toContain('PersistentVolumeClaim meshery/meshery-data');
});

test('with a plugin for keys and authorities of clients the server is the same by both, and its pod is restricted', async () => {
  const deployment = 'Deployment meshery/meshery';
  const objects = await kustomizedWith('server', 'server-kms', 'server-client-ca');
  const rendered = await templated('server', 'kms.plugin.image=kms-plugin', 'grpc.clientCaSecret=meshery-client-ca');
  expect(inAnyOrder(rendered.get(deployment))).toEqual(inAnyOrder(objects.get(deployment)));
  await expectRestricted(objects);
});

test('with the gRPC port for everybody the server is the same by both, and its pod is restricted', async () => {
  const objects = await kustomizedWith('server', 'server-grpc');
  const rendered = await templated('server', 'tls.secretName=meshery-tls', 'grpc.outside=true');
  for (const kind of ['Deployment', 'Service', 'NetworkPolicy']) {
    const place = `${kind} meshery/meshery`;
    expect(inAnyOrder(rendered.get(place))).toEqual(inAnyOrder(objects.get(place)));
  }
  expect(JSON.stringify(objects.get('Service meshery/meshery'))).toContain('"targetPort":9082');
  await expectRestricted(objects);
});

describe('the rights of the operator', () => {
  const account = { kind: 'ServiceAccount', name: 'default', namespace: 'default' };
  const bindingTo = (name: string): object => ({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name: `to-${name}` },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name },
    subjects: [account],
  });
  const roleWith = (resources: string[], verbs: string[], apiGroups = ['meshery.io']): object => ({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    metadata: { name: 'of-an-agent', namespace: 'default' },
    rules: [{ apiGroups, resources, verbs }],
  });
  const apply = (object: object): Promise<string> =>
    offer(object, 'apply', '--server-side', '--dry-run=server', `--as=${operator}`);

  test('end at the two roles of agents and at what it has itself', async () => {
    expect(await apply(bindingTo('meshery-reader-core'))).toContain('serverside-applied');
    expect(await apply(bindingTo('meshery-reader-all'))).toContain('serverside-applied');
    expect(await apply(bindingTo('cluster-admin'))).toContain(
      'attempting to grant RBAC permissions not currently held',
    );
    expect(await apply(roleWith(['meshsyncs'], ['get', 'list', 'watch']))).toContain('serverside-applied');
    expect(await apply(roleWith(['pods/exec'], ['create'], ['']))).toContain('not currently held');
  });

  test('are named one by one', async () => {
    expect(await may(operator, 'patch', 'statefulsets.apps', '-A')).toBe(true);
    expect(await may(operator, 'create', 'leases.coordination.k8s.io', '-n', 'meshery')).toBe(true);
    expect(await may(operator, 'create', 'pods', '-A')).toBe(false);
    expect(await may(operator, 'list', 'nodes')).toBe(true);
    expect(await may(operator, 'patch', 'nodes')).toBe(false);
    expect(await may(operator, 'patch', 'clusterroles')).toBe(false);
    const role = (await kustomized('operator')).get('ClusterRole meshery-operator');
    expect(JSON.stringify(role)).not.toContain('"*"');
  });
});

describe('the rights of the server', () => {
  const secretNamed = (name: string): object => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace: 'meshery' },
  });

  test('are its own kinds and the Secrets that are named', async () => {
    expect(await may(server, 'delete', 'brokers.meshery.io', '-n', 'meshery')).toBe(true);
    expect(await may(server, 'get', 'secrets/meshery-nats-bridge', '-n', 'meshery')).toBe(true);
    expect(await may(server, 'get', 'namespaces/kube-system')).toBe(true);
    expect(await may(server, 'list', 'brokers.meshery.io', '-n', 'default')).toBe(false);
    expect(await may(server, 'list', 'secrets', '-n', 'meshery')).toBe(false);
    expect(await may(server, 'get', 'secrets/meshery-initial-admin', '-n', 'meshery')).toBe(false);
    expect(await may(server, 'create', 'pods', '-n', 'meshery')).toBe(false);
    expect(await may(server, 'list', 'namespaces')).toBe(false);
  });

  test('let it make the Secret of the first sign-in, and no other', async () => {
    const apply = (name: string): Promise<string> =>
      offer(secretNamed(name), 'apply', '--server-side', '--dry-run=server', `--as=${server}`);
    expect(await apply('meshery-initial-admin')).toContain('serverside-applied');
    expect(await apply('another')).toContain('forbidden');
  });
});

describe('the role of agents', () => {
  const agent = 'system:serviceaccount:default:default';
  const aggregated = { what: 'the aggregation of the rules', timeoutMs: 60_000 };
  const notCollected = ['events', 'events.events.k8s.io', 'leases.coordination.k8s.io', 'secrets'];

  beforeAll(async () => {
    const role = ['--clusterrole=meshery-reader-core', '--serviceaccount=default:default'];
    await kubectl('create', 'clusterrolebinding', 'agent', ...role);
    await waitUntil(aggregated, () => may(agent, 'list', 'pods', '-A'));
  });

  test('reads every kind of this API server but Secrets and what is not collected', async () => {
    const listed = await kubectl('api-resources', '--verbs=list,watch', '--output=name');
    const granted = JSON.parse(await kubectl('get', 'clusterrole', 'meshery-reader-core', '-o', 'json')) as {
      readonly rules: readonly {
        readonly apiGroups: string[];
        readonly resources: string[];
        readonly verbs: string[];
      }[];
    };
    const names = granted.rules.flatMap(({ apiGroups: [group = ''], resources, verbs }) => {
      expect(verbs).toEqual(resources.includes('pods/log') ? ['get'] : ['get', 'list', 'watch']);
      return resources.map((resource) => (group === '' ? resource : `${resource}.${group}`));
    });
    const missing = listed
      .trim()
      .split('\n')
      .filter((name) => !names.includes(name));
    expect(missing.sort()).toEqual(notCollected);
  });

  test('grows by a role with the label', async () => {
    expect(await may(agent, 'list', 'leases', '-A')).toBe(false);
    await kubectl('create', 'clusterrole', 'more', '--verb=get,list,watch', '--resource=leases.coordination.k8s.io');
    await kubectl('label', 'clusterrole', 'more', 'meshery.io/aggregate-to-reader-core=true');
    await waitUntil(aggregated, () => may(agent, 'list', 'leases', '-A'));
  });
});

describe('when the charts are removed', () => {
  beforeAll(async () => {
    for (const part of parts) await helm('uninstall', chartName(part), '--wait');
  });

  test('only the volume with what users made stays', async () => {
    expect(await kubectl('get', 'crd', '-o', 'name')).not.toContain('meshery.io');
    expect(await kubectl('-n', 'meshery', 'get', 'all,pvc,roles', '-o', 'name')).toBe(
      'persistentvolumeclaim/meshery-data\n',
    );
  });
});

describe('a chart with other values', () => {
  beforeAll(async () => {
    // What is there could not be changed into everything that is asked for here.
    await kubectl('-n', 'meshery', 'delete', 'pvc', 'meshery-data');
    await kubectl('apply', '--server-side', '-f', `${kustomization('operator')}/custom-resource-definitions.yaml`);
    await kubectl('wait', '--for=condition=Established', '--timeout=30s', 'crd', '--all');
  });

  test.each([
    ['server', ['tls.secretName=web', 'service.type=NodePort', 'service.annotations.a=b', 'env[0].name=LOG_LEVEL']],
    [
      'server',
      ['persistence.storageClass=fast', 'persistence.size=1Gi', 'image.tag=9', 'imagePullSecrets[0].name=own'],
    ],
    ['server', ['kms.plugin.image=p:1', 'kms.plugin.args[0]=--x', 'kms.plugin.env[0].name=A', 'kms.socket=own.sock']],
    ['server', ['kms.volume.csi.driver=kms.example.com', 'grpc.clientCaSecret=ca']],
    ['server', ['tls.secretName=web', 'grpc.outside=true']],
    ['server', ['persistence.enabled=false', 'broker.enabled=false', 'nodeSelector.disk=fast']],
    [
      'operator',
      ['replicaCount=2', 'service.port=443', 'networkPolicy.enabled=false', 'tolerations[0].operator=Exists'],
    ],
  ] as const)('the chart of the %s is taken with %j', async (part, settings) => {
    const objects = [...(await templated(part, ...settings)).values()];
    const said = await offer(
      { apiVersion: 'v1', kind: 'List', items: objects },
      'apply',
      '--server-side',
      '--dry-run=server',
      '--force-conflicts',
    );
    expect(
      said
        .trim()
        .split('\n')
        .filter((line) => !line.endsWith('serverside-applied (server dry run)')),
    ).toEqual([]);
  });
});
