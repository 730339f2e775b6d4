import { freePorts } from './ports.ts';

const worker = process.env.JEST_WORKER_ID;
afterEach(() => {
  process.env.JEST_WORKER_ID = worker;
});

test('no port is handed out twice, also when nobody listens on it yet', async () => {
  const ports = [...(await freePorts(80)), ...(await freePorts(80)), ...(await freePorts(80))];
  expect(new Set(ports).size).toBe(240);
});

test('the ports of one worker of Jest are not those of another one', async () => {
  process.env.JEST_WORKER_ID = '2';
  const second = await freePorts(20);
  process.env.JEST_WORKER_ID = '3';
  const third = await freePorts(20);
  expect(Math.max(...second)).toBeLessThan(Math.min(...third));
});
