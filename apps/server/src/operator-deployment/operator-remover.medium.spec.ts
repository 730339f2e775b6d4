import { createKubeTransport, loadKubeconfig, resolveAccess } from '@meshery/kube';
import type { KubeTransport } from '@meshery/kube';
import { KubeClient } from '@meshery/kube/reconcile';
import { systemClock } from '@meshery/observability';
import { KubeAdmin, startControlPlane } from '@meshery/testing';
import type { ControlPlane } from '@meshery/testing';
import { typeOf } from './kinds.ts';
import { OperatorRemover } from './operator-remover.ts';
import { deployedForAnnotation } from './wanted-objects.ts';

let plane: ControlPlane;
let admin: KubeAdmin;
let transport: KubeTransport;

beforeAll(async () => {
  plane = await startControlPlane({ controllers: [] });
  admin = new KubeAdmin(plane);
  const config = await loadKubeconfig({ file: plane.kubeconfigPath });
  const access = await resolveAccess(config, { trust: 'user-file', clock: systemClock });
  transport = createKubeTransport(access, { clock: systemClock });
}, 120_000);

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
  const remover = new OperatorRemover({ client, clock: systemClock, connectionId: 'c1', wanted, goneMs: 300 });
  const remove = () => remover.remove(() => undefined, AbortSignal.timeout(20_000));
  await expect(remove()).rejects.toMatchObject({
    code: 'meshery-connection-1708',
    message: expect.stringContaining('serviceaccounts default/held (finalizers example.com/wait)'),
    remedy: expect.stringContaining('start its controller'),
  });
  await admin.patch(`${accounts}/held`, { metadata: { finalizers: [] } });
  expect(await remove()).toEqual([]);
}, 30_000);
