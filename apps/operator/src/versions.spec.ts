import { natsImage, natsVersion } from './broker/nats-versions.ts';
import { agentImage } from './meshsync/meshsync-versions.ts';

const nats = 'x/nats-server:2.15.2';
const meshsync = 'x/meshsync:0.1.0';
const image = { repository: 'registry.example.com/own' };

test.each([undefined, '', '2.8.2', '2.10.29', '2.11', '2.14.2', 'v2.14.2', '2.14.2-alpine', '2.15.2'])(
  'a Broker with version %s, as published operators take it, runs what is here',
  (version) => {
    expect(natsImage(version === undefined ? {} : { version }, nats)).toEqual({ image: nats, version: natsVersion });
  },
);

test.each([undefined, '', 'latest', 'stable-latest', 'edge-latest', '0.7.3', '1.0.3', 'v1.0.3', '0.1.0'])(
  'a MeshSync with version %s, as published operators take it, runs what is here',
  (version) => {
    const spec = version === undefined ? {} : { version };
    expect(agentImage(spec, meshsync)).toEqual({ image: meshsync, version: '0.1.0' });
  },
);

test('a version that there is no image for is none', () => {
  expect(natsImage({ version: '9.9.9' }, nats)).toBeUndefined();
  expect(agentImage({ version: '9.9.9' }, meshsync)).toBeUndefined();
});

test('a repository of the user has tags of the user', () => {
  expect(natsImage({ version: '9.9.9-own', image }, nats)?.image).toBe('registry.example.com/own:9.9.9-own');
  expect(natsImage({ image }, nats)?.image).toBe(`registry.example.com/own:${natsVersion}`);
  expect(agentImage({ version: 'edge-latest', image }, meshsync)?.image).toBe('registry.example.com/own:edge-latest');
  expect(agentImage({ image }, meshsync)?.image).toBe('registry.example.com/own:0.1.0');
});
