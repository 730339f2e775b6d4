import type { KubeTransport } from '../transport/kube-transport.ts';
import { chooseListWay } from './server-version.ts';

const never = new AbortController().signal;

function answering(status: number, body: string): KubeTransport {
  return { get: () => Promise.resolve({ status, headers: {}, body: Buffer.from(body) }) } as unknown as KubeTransport;
}

test.each([
  ['{"major":"1","minor":"34"}', 'pages'],
  ['{"major":"1","minor":"35+"}', 'pages'],
  ['{"major":"2","minor":"0"}', 'pages'],
  ['{"major":"1","minor":"33"}', 'streams'],
  ['{"major":"1","minor":""}', 'streams'],
  ['not JSON', 'streams'],
])('%s means %s', async (body, way) => {
  expect(await chooseListWay(answering(200, body), never)).toBe(way);
});

test('a version that may not be read means streams', async () => {
  expect(await chooseListWay(answering(403, '{"major":"1","minor":"34"}'), never)).toBe('streams');
});
