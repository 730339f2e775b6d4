import type { Service } from '../cluster/kinds.ts';
import { endpointsOf } from './endpoints.ts';

function service(spec: NonNullable<Service['spec']>, status: NonNullable<Service['status']> = {}): Service {
  return { apiVersion: 'v1', kind: 'Service', metadata: { name: 'meshery-nats', namespace: 'm' }, spec, status };
}

const nats = { name: 'nats', port: 4222, nodePort: 30_222 };
const monitor = { name: 'monitor', port: 8222, nodePort: 30_822 };
const of = (given: Service, override?: string, nodeAddress?: string) =>
  endpointsOf({ service: given, override, nodeAddress });

test.each([
  ['the port named nats', [monitor, nats], '10.0.0.1:4222'],
  ['the port named client', [monitor, { name: 'client', port: 5222 }], '10.0.0.1:5222'],
  ['port 4222 under any name', [monitor, { name: 'x', port: 4222 }], '10.0.0.1:4222'],
  ['the first port', [{ name: 'x', port: 7000 }], '10.0.0.1:7000'],
])('inside, %s is used', (_name, ports, expected) => {
  expect(of(service({ clusterIP: '10.0.0.1', ports })).internal).toBe(expected);
});

test.each(['None', '', undefined])('a Service with the address %j is called by its name', (clusterIP) => {
  const spec = { ports: [nats], ...(clusterIP === undefined ? {} : { clusterIP }) };
  expect(of(service(spec)).internal).toBe('meshery-nats.m.svc.cluster.local:4222');
});

test('a ClusterIP is not reached from outside', () => {
  expect(of(service({ type: 'ClusterIP', clusterIP: '10.0.0.1', ports: [nats] })).external).toBe('');
});

test('a NodePort is reached at a node, not at the API server', () => {
  const given = service({ type: 'NodePort', clusterIP: '10.0.0.1', ports: [monitor, nats] });
  expect(of(given, undefined, '192.0.2.7').external).toBe('192.0.2.7:30222');
  expect(of(given).external).toBe('');
});

test.each([
  [[{ ip: '192.0.2.9', hostname: 'lb' }], '192.0.2.9:4222'],
  [[{ hostname: 'lb.example.com' }], 'lb.example.com:4222'],
  [[{ ip: '2001:db8::1' }], '[2001:db8::1]:4222'],
  [[], ''],
])('a load balancer is reached at %j', (ingress, expected) => {
  const given = service({ type: 'LoadBalancer', clusterIP: '10.0.0.1', ports: [nats] }, { loadBalancer: { ingress } });
  expect(of(given).external).toBe(expected);
});

test('what the user says holds', () => {
  expect(of(service({ type: 'ClusterIP', ports: [nats] }), 'broker.example.com:443').external).toBe(
    'broker.example.com:443',
  );
});
