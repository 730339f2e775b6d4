import { waitUntil } from '@meshery/testing';
import { OperatorScene, apps, connections, deployed, mesh, namespace, versions } from './operator-scene.ts';

/** Operator mode against a real API server; its pods do not run, so tests say what their status would be. */

let scene: OperatorScene;
beforeAll(async () => {
  scene = await OperatorScene.open();
});
afterAll(() => scene.close());

async function embeddedAgents(): Promise<number> {
  const { body } = await scene.owner.get('/api/system/clusters');
  return body.clusters.filter(({ source, state }: { source: string; state: string }) => {
    return source === 'embedded' && state === 'in-sync';
  }).length;
}

describe('a cluster in operator mode', () => {
  let id: string;

  test('an uploaded kubeconfig deploys the operator with broker and MeshSync, and no agent of the server', async () => {
    id = await scene.upload('prod', 'operator');
    await scene.ended(id, 'operator.deploy');
    const live = await scene.inCluster();
    expect([...live.keys()]).toEqual(deployed);
    for (const { metadata } of live.values()) {
      expect(metadata.annotations?.['meshery.io/deployed-for']).toBe(id);
      expect(metadata.managedFields).toContainEqual(
        expect.objectContaining({ manager: 'meshery-server', operation: 'Apply' }),
      );
    }
    expect(live.get(`${mesh}/brokers/meshery-broker`)).toMatchObject({ spec: { tls: { mode: 'required' } } });
    const text = JSON.stringify(live.get(`${apps}/meshery-operator`));
    expect(text).toMatch(/"image":"registry\.example\.com\/m\/operator:/);
    expect(text).not.toContain('localhost/');
    expect(await embeddedAgents()).toBe(0);
  });

  test('looked at again, nothing is written and no operation begun; what is taken away comes back', async () => {
    await scene.partsAre(id, { operator: 'registered', meshsync: 'registered', broker: 'registered' });
    const before = versions(await scene.inCluster());
    const looks = await looked(3);
    expect(looks).toBeGreaterThanOrEqual(3);
    expect(versions(await scene.inCluster())).toEqual(before);
    expect(await scene.operationsOf(id)).toHaveLength(1);
    await scene.admin.delete(`${apps}/meshery-operator`);
    await waitUntil({ what: 'the Deployment again', timeoutMs: 60_000 }, async () =>
      (await scene.inCluster()).has(`${apps}/meshery-operator`),
    );
    expect(
      versions(await scene.inCluster()).filter((one) => !before.some((known) => String(known) === String(one))),
    ).toEqual([[`${apps}/meshery-operator`, expect.any(String), expect.any(String)]]);
  });

  test('operator, MeshSync and broker are connections that are connected while they work', async () => {
    await statusOfParts(true);
    await scene.partsAre(id, { operator: 'connected', meshsync: 'connected', broker: 'connected' });
    expect((await scene.owner.get(`/api/system/controllers/operator/status?connectionId=${id}`)).body.status).toBe(
      'DEPLOYED',
    );
    await statusOfParts(false);
    await scene.partsAre(id, { operator: 'registered', meshsync: 'registered', broker: 'registered' });
  });

  test.each(['operator', 'meshsync', 'broker'])('nobody disconnects a connection of kind %s', async (kind) => {
    const list = `${connections}?kind=${encodeURIComponent(`["${kind}"]`)}`;
    const { id: part, status: before } = (await scene.owner.get(list)).body.connections[0];
    const { status, body } = await scene.owner.put(`${connections}/${part}`, { status: 'disconnected' });
    expect([status, body.code]).toEqual([409, 'meshery-connection-1700']);
    const { body: after } = await scene.owner.get(`${connections}/${part}`);
    expect(after.status).toBe(before);
    expect(JSON.stringify(after.transitionMap[before])).not.toContain('disconnected');
  });

  test('settings of the controllers go to the cluster', async () => {
    const config = {
      broker: { replicas: 3 },
      meshsync: { debugLogging: true, watchList: { blacklist: ['pods.v1.'] } },
    };
    expect((await scene.owner.put(`${connections}/${id}/controllers/config`, config)).status).toBe(200);
    const spec = async (path: string) =>
      ((await scene.inCluster()).get(path) as unknown as { spec: object } | undefined)?.spec;
    const wanted = [{ size: 3 }, { logLevel: 'debug', watchList: { except: ['pods.v1.'] } }];
    const now = async () => [
      await spec(`${mesh}/brokers/meshery-broker`),
      await spec(`${mesh}/meshsyncs/meshery-meshsync`),
    ];
    // One is written after the other.
    await waitUntil({ what: 'the settings of both', timeoutMs: 60_000 }, async () => {
      const [broker, meshSync] = (await now()) as [{ size?: number }, { logLevel?: string }];
      return broker.size === 3 && meshSync.logLevel === 'debug';
    });
    expect(await now()).toMatchObject(wanted);
  });

  test('the toggle to embedded removes everything that was deployed, and an agent of the server reads the cluster', async () => {
    expect((await scene.setMode(id, 'embedded')).status).toBe(200);
    await scene.ended(id, 'operator.undeploy');
    await scene.gone();
    expect((await scene.admin.send({ path: namespace })).status).toBe(200);
    await scene.partsAre(id, {});
    await waitUntil({ what: 'an agent of the server', timeoutMs: 60_000 }, async () => (await embeddedAgents()) === 1);
  });

  test('the toggle back deploys it again and ends the agent, also as older clients say it', async () => {
    const patch = { metadata: { meshsync_deployment_mode: 'operator' } };
    const { body } = await scene.owner.put(`${connections}/${id}`, patch);
    expect(body.metadata).toMatchObject({ meshsyncDeploymentMode: 'operator' });
    await waitUntil(
      { what: 'deployed', timeoutMs: 60_000 },
      async () => (await scene.inCluster()).size === deployed.length,
    );
    await waitUntil({ what: 'no agent', timeoutMs: 60_000 }, async () => (await embeddedAgents()) === 0);
  });

  test('changeOperatorStatus switches it off and on; deployMeshsync tries it at once', async () => {
    expect(
      await ask(`mutation { changeOperatorStatus(input: { targetStatus: DISABLED, contextID: "${id}" }) }`),
    ).toEqual({
      data: { changeOperatorStatus: 'PROCESSING' },
    });
    await scene.gone();
    expect(await ask(`{ deployMeshsync(connectionID: "${id}") }`)).toEqual({ data: { deployMeshsync: 'ENABLED' } });
    expect(
      await ask(`mutation { changeOperatorStatus(input: { targetStatus: ENABLED, connectionID: "${id}" }) }`),
    ).toEqual({
      data: { changeOperatorStatus: 'PROCESSING' },
    });
    expect(await ask(`{ deployMeshsync(connectionID: "${id}") }`)).toEqual({ data: { deployMeshsync: 'PROCESSING' } });
    await waitUntil(
      { what: 'deployed', timeoutMs: 60_000 },
      async () => (await scene.inCluster()).size === deployed.length,
    );
    const { errors } = await ask(
      `mutation { changeOperatorStatus(input: { targetStatus: CONNECTED, contextID: "${id}" }) }`,
    );
    expect(errors?.[0]?.extensions.mesheryCode).toBe('meshery-core-1001');
  });

  test('disconnected with keepOperator it stays as it is; connected again it goes on', async () => {
    await scene.settled(id);
    const before = versions(await scene.inCluster());
    const patch = { status: 'disconnected', metadata: { keepOperator: true } };
    expect((await scene.owner.put(`${connections}/${id}`, patch)).body.status).toBe('disconnected');
    await scene.partsAre(id, {});
    expect(versions(await scene.inCluster())).toEqual(before);
    await scene.owner.put(`${connections}/${id}`, { status: 'connected', metadata: { keepOperator: false } });
    await scene.partsAre(id, { operator: 'registered', meshsync: 'registered', broker: 'registered' });
    expect(versions(await scene.inCluster())).toEqual(before);
  });

  test('disconnected, its operator is removed; connected again it is deployed again', async () => {
    await scene.owner.put(`${connections}/${id}`, { status: 'disconnected' });
    await scene.gone();
    await scene.partsAre(id, {});
    await scene.owner.put(`${connections}/${id}`, { status: 'connected' });
    await scene.settled(id);
  });

  test('disconnected while its API server is away, it is cleaned up by the next start', async () => {
    await scene.plane.stopApiServer({ signal: 'SIGKILL' });
    expect((await scene.owner.put(`${connections}/${id}`, { status: 'disconnected' })).body.status).toBe(
      'disconnected',
    );
    await scene.ended(id, 'operator.undeploy', 'failed');
    await scene.server.stop();
    await scene.plane.startApiServer();
    // It may serve kinds of its own a moment later than the others.
    await waitUntil(
      { what: 'everything as it was', timeoutMs: 60_000 },
      async () => (await scene.inCluster()).size === deployed.length,
    );
    await scene.start();
    await scene.gone();
    await scene.partsAre(id, {});
  });

  test('what is deployed stays over a restart, and what was lost meanwhile comes back', async () => {
    await scene.owner.put(`${connections}/${id}`, { status: 'connected' });
    await scene.settled(id);
    const before = versions(await scene.inCluster());
    await scene.server.stop();
    await scene.admin.delete(`${mesh}/brokers/meshery-broker`);
    await scene.start();
    await waitUntil(
      { what: 'the broker again', timeoutMs: 60_000 },
      async () => (await scene.inCluster()).size === deployed.length,
    );
    const after = versions(await scene.inCluster());
    expect(after.filter((one) => !before.some((known) => String(known) === String(one)))).toHaveLength(1);
  });

  test('deleted, the operator goes with it, custom resources first', async () => {
    await scene.settled(id);
    const held = `${mesh}/meshsyncs/meshery-meshsync`;
    await scene.admin.patch(held, { metadata: { finalizers: ['example.com/wait'] } });
    expect((await scene.owner.delete(`${connections}/${id}`)).status).toBe(200);
    const isWaiting = async (): Promise<boolean> =>
      JSON.stringify((await scene.inCluster()).get(held)).includes('deletionTimestamp');
    await waitUntil({ what: 'the MeshSync waiting', timeoutMs: 60_000 }, isWaiting);
    expect((await scene.inCluster()).has(`${apps}/meshery-operator`)).toBe(true);
    await scene.admin.patch(held, { metadata: { finalizers: [] } });
    await scene.ended(id, 'operator.undeploy');
    await scene.gone();
    await scene.partsAre(id, {});
  });

  test('a namespace that was made for it goes with it, unless others use it', async () => {
    await scene.admin.delete(namespace);
    const isGone = async (): Promise<boolean> => (await scene.admin.send({ path: namespace })).status === 404;
    await waitUntil({ what: 'no namespace', timeoutMs: 60_000 }, isGone);
    const made = await scene.upload('prod', 'operator');
    await scene.settled(made);
    await scene.setMode(made, 'embedded');
    await waitUntil({ what: 'no namespace', timeoutMs: 60_000 }, isGone);
    await scene.setMode(made, 'operator');
    await scene.settled(made);
    await scene.admin.create(`${namespace}/configmaps`, { metadata: { name: 'mine' } });
    await scene.owner.delete(`${connections}/${made}`);
    await scene.gone();
    const { targets } = await scene.ended(made, 'operator.undeploy');
    expect(targets[0]?.message).toContain('configmaps meshery/mine');
    expect((await scene.admin.send({ path: `${namespace}/configmaps/mine` })).status).toBe(200);
  });
});

test('started in operator mode, the server deploys the operator in the cluster of its own kubeconfig', async () => {
  await scene.server.stop();
  await scene.start(scene.plane.kubeconfigPath, { MESHERY_MESHSYNC_MODE: 'operator' });
  const id = await waitUntil({ what: 'the context of the start', timeoutMs: 60_000 }, async () => {
    const { body } = await scene.owner.get(
      `${connections}?kind=kubernetes&status=${encodeURIComponent('["connected"]')}`,
    );
    return body.connections[0]?.id as string | undefined;
  });
  await scene.settled(id);
  expect((await scene.owner.get(`${connections}/${id}`)).body.metadata.meshsyncDeploymentMode).toBe('operator');
  await scene.owner.put(`${connections}/${id}`, { status: 'disconnected' });
  await scene.gone();
  await scene.server.stop();
  await scene.start();
});

test('deleted while its API server is away and the server stops, no part of it is left as a connection', async () => {
  const lost = await scene.upload('prod', 'operator');
  await scene.settled(lost);
  await scene.plane.stopApiServer({ signal: 'SIGKILL' });
  expect((await scene.owner.delete(`${connections}/${lost}`)).status).toBe(200);
  await scene.server.stop();
  await scene.start();
  await scene.partsAre(lost, {});
});

/** Resolves when the server looked so many times at the cluster. */
async function looked(times: number): Promise<number> {
  const before = await reads();
  return waitUntil({ what: `${String(times)} looks`, timeoutMs: 60_000 }, async () => {
    const now = (await reads()) - before;
    return now >= times ? now : undefined;
  });
}

/** How often network policies were read, as the API server counts it. */
async function reads(): Promise<number> {
  const { body } = await scene.admin.send({ path: '/metrics' });
  const lines = body.toString('utf8').split('\n');
  return lines
    .filter(
      (line) =>
        line.startsWith('apiserver_request_total{') &&
        line.includes('resource="networkpolicies"') &&
        line.includes('verb="GET"'),
    )
    .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}

async function statusOfParts(isReady: boolean): Promise<void> {
  const count = isReady ? 1 : 0;
  const of = { replicas: 1, readyReplicas: count, observedGeneration: 1 };
  await scene.admin.patch(`${apps}/meshery-operator/status`, { status: of });
  const condition = { type: 'Ready', status: isReady ? 'True' : 'False', reason: 'Test', message: 'said so' };
  const conditions = [{ ...condition, lastTransitionTime: '2026-01-01T00:00:00Z' }];
  await scene.admin.patch(`${mesh}/brokers/meshery-broker/status`, { status: { conditions } });
  await scene.admin.patch(`${mesh}/meshsyncs/meshery-meshsync/status`, { status: { conditions } });
}

interface Asked {
  readonly data?: unknown;
  readonly errors?: readonly { readonly extensions: { readonly mesheryCode: string } }[];
}

async function ask(query: string): Promise<Asked> {
  return (await scene.owner.post('/api/system/graphql/query', { query })).body as Asked;
}
