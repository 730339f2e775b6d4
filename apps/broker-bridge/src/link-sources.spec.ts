import { createLogger } from '@meshery/observability';
import { ClusterSource } from './clusters/cluster-source.ts';
import { readConfig } from './config.ts';
import { ConnectionFolder } from './connections/connection-folder.ts';
import { openShare } from './open-share.ts';
import { linkSources } from './link-sources.ts';
import { wholeShare } from './sharing/link-share.ts';

const logger = createLogger({ service: 'test', level: 'silent' });

function configOf(env: Readonly<Record<string, string>>) {
  const read = readConfig({ argv: [], env });
  if (read.kind === 'help') throw new Error('no help was asked for');
  return read.values;
}

const server = { address: '127.0.0.1:1', stateOf: () => ({ brokerReached: false, code: '', message: '' }) };
const inPod = { MESHERY_BRIDGE_IN_CLUSTER: 'true', KUBERNETES_SERVICE_HOST: '10.96.0.1' };
const fromServer = { MESHERY_BRIDGE_FROM_SERVER: 'true' };
const folders = { MESHERY_BRIDGE_KUBECONFIGS: '/k', MESHERY_BRIDGE_CONNECTIONS: '/c' };

test.each([
  ['nothing is told', {}, [ConnectionFolder]],
  ['kubeconfigs are', { MESHERY_BRIDGE_KUBECONFIGS: '/k' }, [ClusterSource]],
  ['it runs in a cluster', inPod, [ClusterSource]],
  ['the server knows', fromServer, [ClusterSource]],
  ['everything is', { ...inPod, ...folders, ...fromServer }, [ConnectionFolder, ...Array(3).fill(ClusterSource)]],
])('sources when %s', (_, env, classes) => {
  expect(linkSources(configOf(env), logger, server).map((source) => source.constructor)).toEqual(classes);
});

test('a bridge that is told to be in a cluster and is not ends with a remedy', () => {
  const start = () => linkSources(configOf({ MESHERY_BRIDGE_IN_CLUSTER: 'true' }), logger, server);
  expect(start).toThrow(expect.objectContaining({ code: 'meshery-config-1100' }));
});

test('kubeconfigs of a server elsewhere are asked for over TLS only', () => {
  const start = (tls?: object) => linkSources(configOf(fromServer), logger, { ...server, address: 'far:9082', ...tls });
  expect(start).toThrow(expect.objectContaining({ code: 'meshery-config-1100' }));
  expect(start({ tls: {} })).toHaveLength(1);
});

test('outside of a cluster a bridge is alone', async () => {
  expect(await openShare(configOf({ ...inPod, ...folders }), logger)).toBe(wholeShare);
});
