import { createKubeTransport, loadKubeconfig, resolveAccess } from '@meshery/kube';
import type { KubeTransport } from '@meshery/kube';
import { KubeClient } from '@meshery/kube/reconcile';
import { systemClock } from '@meshery/observability';
import { KubeAdmin, startControlPlane } from '@meshery/testing';
import type { ControlPlane } from '@meshery/testing';
import { typeOf } from './kinds.ts';
import { OperatorRemover } from './operator-remover.ts';
import { deployedForAnnotation } from './wanted-objects.ts';

const times = { goneMs: 300, childrenMs: 300 };

let plane: ControlPlane;
let admin: KubeAdmin;
let transport: KubeTransport;

beforeAll(async () => {
  plane = await startControlPlane();
  admin = new KubeAdmin(plane);
  const config = await loadKubeconfig({ file: plane.kubeconfigPath });
  const access = await resolveAccess(config, { trust: 'user-file', clock: systemClock });
  transport = createKubeTransport(access, { clock: systemClock });
});

afterAll(async () => {
  await transport.close();
  admin.close();
  await plane.stop();
});

test('an object that does not go in time is named with the finalizer that it waits for', async () => {
  const accounts = '/api/v1/namespaces/default/serviceaccounts';
  const metadata = { name: 'held', namespace: 'default', annotations: { [deployedForAnnotation]: 'c1' } };
  const object = { apiVersion: 'v1', kind: 'ServiceAccount', metadata };
  await admin.create(accounts, { ...object, metadata: { ...metadata, finalizers: ['example.com/wait'] } });
  const client = new KubeClient({ transport, clock: systemClock });
  const wanted = [{ type: typeOf(object), object }];
  const remover = new OperatorRemover({ client, clock: systemClock, connectionId: 'c1', wanted, ...times });
  const remove = () => remover.remove(() => undefined, AbortSignal.timeout(20_000));
  await expect(remove()).rejects.toMatchObject({
    code: 'meshery-connection-1708',
    message: expect.stringContaining('serviceaccounts default/held (finalizers example.com/wait)'),
    remedy: expect.stringContaining('start its controller'),
  });
  await admin.patch(`${accounts}/held`, { metadata: { finalizers: [] } });
  expect(await remove()).toEqual([]);
});

describe('a namespace that the operator made things in', () => {
  const secrets = '/api/v1/namespaces/ours/secrets';
  const annotations = { [deployedForAnnotation]: 'c1' };
  const object = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'ours', annotations } };

  function remove(): Promise<readonly string[]> {
    const client = new KubeClient({ transport, clock: systemClock });
    const wanted = [{ type: typeOf(object), object }];
    const parts = { client, clock: systemClock, connectionId: 'c1', wanted, goneMs: 20_000, childrenMs: 300 };
    return new OperatorRemover(parts).remove(() => undefined, AbortSignal.timeout(20_000));
  }

  beforeAll(async () => {
    await admin.create('/api/v1/namespaces', object);
    await admin.create(secrets, { metadata: { name: 'slow', finalizers: ['example.com/wait'] } });
    await admin.create(secrets, { metadata: { name: 'of-others' } });
    await admin.delete(`${secrets}/slow`);
  });

  test('stays, named, while somebody else keeps something in it', async () => {
    expect(await remove()).toEqual(['secrets ours/of-others']);
    await admin.delete(`${secrets}/of-others`);
  });

  test('is tried again where only that is left which is slow to go, and goes', async () => {
    await expect(remove()).rejects.toMatchObject({
      code: 'meshery-connection-1708',
      message: 'What the operator made does not go: secrets ours/slow.',
    });
    expect(await admin.json({ path: '/api/v1/namespaces/ours' })).not.toHaveProperty('metadata.deletionTimestamp');
    await admin.patch(`${secrets}/slow`, { metadata: { finalizers: [] } });
    expect(await remove()).toEqual([]);
    expect(await admin.send({ path: '/api/v1/namespaces/ours' })).toMatchObject({ status: 404 });
  });
});
