import { controllersConfig } from './controllers-config.ts';
import { parseRecord } from './parse.ts';

const parse = (body: unknown) => parseRecord(controllersConfig, body, 'configuration');

test('what is left out has its default', () => {
  expect(parse({})).toMatchObject({
    operator: { deploymentMode: 'operator', version: '' },
    meshsync: { replicas: 1, redactSecrets: true, watchList: { whitelist: [], blacklist: [] } },
    broker: { replicas: 1, service: { type: 'ClusterIP', externalEndpointOverride: '' } },
  });
  const given = { meshsync: { replicas: 2, watchList: { whitelist: [{ resource: 'pods.v1.', events: ['ADDED'] }] } } };
  expect(parse(given)).toMatchObject(given);
});

test.each([
  [{ operator: { deploymentMode: 'cloud' } }, 'operator.deploymentMode'],
  [{ meshsync: { replicas: -1 } }, 'meshsync.replicas'],
  [{ meshsync: { replicas: '2' } }, 'meshsync.replicas'],
  [{ meshsync: { watchList: { whitelist: [{ resource: 'pods' }] } } }, 'meshsync.watchList.whitelist.0.resource'],
  [
    { meshsync: { watchList: { whitelist: [{ resource: 'pods.v1.' }], blacklist: ['jobs.v1.batch'] } } },
    'meshsync.watchList',
  ],
  [{ broker: { service: { type: 'ExternalName' } } }, 'broker.service.type'],
  [{ broker: { service: { loadBalancerClass: 'x' } } }, 'broker.service'],
  [
    { broker: { service: { type: 'LoadBalancer', loadBalancerSourceRanges: ['10.0.0.0'] } } },
    'broker.service.loadBalancerSourceRanges.0',
  ],
  [{ broker: { service: { externalEndpointOverride: 'http://x' } } }, 'broker.service.externalEndpointOverride'],
  [{ meshsync: { version: 'a\nb' } }, 'meshsync.version'],
  [{ surprise: true }, 'surprise'],
])('%j is refused and names %s', (body, field) => {
  expect(() => parse(body)).toThrow(expect.objectContaining({ message: expect.stringContaining(`"${field}"`) }));
});
