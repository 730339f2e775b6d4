import { once } from 'node:events';
import { connect } from 'node:net';
import { createLogger, systemClock } from '@meshery/observability';
import type { BrokerObject } from './broker-object.ts';
import { PortForward } from './port-forward.ts';

const broker: BrokerObject = {
  key: 'meshery/meshery-broker',
  namespace: 'meshery',
  resourceVersion: '1',
  base: 'meshery-nats',
  internal: undefined,
  external: undefined,
  caSecret: undefined,
};
const logger = createLogger({ service: 'test', level: 'silent' });

test('a connection ends with a code while the API server is out of reach, and is refused after the end', async () => {
  const forward = await PortForward.open({ broker, api: () => undefined, clock: systemClock, random: () => 0, logger });
  const port = Number(forward.endpoint.split(':')[1]);
  await once(connect(port, '127.0.0.1'), 'close');
  expect(forward.fault?.code).toBe('meshery-kube-1303');
  forward.close();
  await expect(once(connect(port, '127.0.0.1'), 'connect')).rejects.toThrow('ECONNREFUSED');
});

test('after a connection that failed the next one waits, and only that one', async () => {
  const slept: number[] = [];
  const sleep = (ms: number): Promise<void> => {
    slept.push(ms);
    return Promise.resolve();
  };
  const times = [500, 600, 900, 2600, 4700];
  const clock = { ...systemClock, monotonic: () => times.shift() ?? 10_000, sleep };
  const forward = await PortForward.open({ broker, api: () => undefined, clock, random: () => 0, logger });
  const port = Number(forward.endpoint.split(':')[1]);
  // The second begins 300 ms after the first failed, the third 2100 ms after the second.
  for (let connection = 0; connection < 3; connection += 1) await once(connect(port, '127.0.0.1'), 'close');
  expect(slept).toEqual([1700]);
  forward.close();
});
