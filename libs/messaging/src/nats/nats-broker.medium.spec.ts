import { NatsServer, waitUntil } from '@meshery/testing';
import { createLogger, systemClock } from '@meshery/observability';
import type { BrokerEvent } from '../broker.ts';
import { batchStream } from '../ingest/batch-stream.ts';
import { brokerContract } from '../testing/broker-contract.ts';
import { NatsBroker } from './nats-broker.ts';

const logger = createLogger({ service: 'test', level: 'silent' });
const never = new AbortController().signal;

async function open(server: NatsServer, url = server.url): Promise<NatsBroker> {
  const broker = new NatsBroker({ url, name: 'test', reconnectMs: 50 }, { clock: systemClock, logger });
  await broker.open(AbortSignal.timeout(60_000));
  return broker;
}

describe('NatsBroker', () => {
  let server: NatsServer;

  beforeAll(async () => {
    server = await NatsServer.start({ maxPayload: 65_536, token: 's3cret/+' });
  });

  afterAll(async () => {
    await server.stop();
  });

  brokerContract(() => ({
    connect: () => open(server, `nats://${encodeURIComponent('s3cret/+')}@127.0.0.1:${server.port}`),
  }));

  test('says its name to the server', async () => {
    const broker = await open(server, `${encodeURIComponent('s3cret/+')}@127.0.0.1:${server.port}`);
    const connections = (await (await fetch(`${server.monitorUrl}/connz`)).json()) as {
      connections: { name: string }[];
    };
    expect(connections.connections.map(({ name }) => name)).toContain('test');
    await broker.close();
  });

  test('keeps trying while the credentials are refused, and says so', async () => {
    const broker = new NatsBroker(
      { url: `wrong@127.0.0.1:${server.port}`, name: 'test', reconnectMs: 50 },
      { clock: systemClock, logger },
    );
    const giveUp = new AbortController();
    const opened = broker.open(giveUp.signal);
    await waitUntil({ what: 'the reason', timeoutMs: 60_000 }, () => /authorization/i.test(broker.status().reason));
    expect(broker.status().connected).toBe(false);
    giveUp.abort();
    await expect(opened).rejects.toThrow();
    await broker.close();
  });
});

describe('NatsBroker over the faults of its server', () => {
  let server: NatsServer;

  beforeEach(async () => {
    server = await NatsServer.start();
  });

  afterEach(async () => {
    await server.stop();
  });

  test('connects when the server comes up later', async () => {
    await server.down();
    const broker = new NatsBroker({ url: server.url, name: 'test', reconnectMs: 50 }, { clock: systemClock, logger });
    const opened = broker.open(AbortSignal.timeout(60_000));
    await waitUntil({ what: 'a reason', timeoutMs: 60_000 }, () => broker.status().reason !== 'not yet connected');
    expect(() => {
      broker.publish('a', 'b');
    }).toThrow(expect.objectContaining({ code: 'meshery-messaging-1500' }) as Error);
    await server.up();
    await opened;
    expect(broker.status()).toMatchObject({ connected: true, reason: '' });
    await broker.close();
  });

  test('what was not flushed when the connection was lost is told as an absent broker', async () => {
    const broker = await open(server);
    server.process.freeze();
    const flushed = broker.flush();
    flushed.catch(() => undefined);
    await server.kill();
    await expect(flushed).rejects.toMatchObject({ code: 'meshery-messaging-1500' });
    await broker.close();
  });

  test('loses no stored message when the server is killed and comes back, and delivers in order', async () => {
    const publisher = await open(server);
    const consumer = await open(server);
    await publisher.ensureStream(batchStream(), never);
    const events: BrokerEvent[] = [];
    consumer.onEvent((event) => void events.push(event));
    const received: number[] = [];
    const stop = new AbortController();
    const consumed = consumer.consume(
      { stream: batchStream().name, name: 'bridge', ackWaitMs: 30_000, maxInFlight: 16 },
      {
        onStart: () => undefined,
        onMessage: (message) => {
          received.push(Number(Buffer.from(message.data).toString()));
          message.ack();
        },
      },
      stop.signal,
    );
    let faults = 0;
    const stored: number[] = [];
    for (let index = 0; index < 300; index += 1) {
      if (index === 100 || index === 200) {
        await server.kill();
        faults += 1;
        const seen = (): number => events.filter((event) => event.type === 'disconnected').length;
        await waitUntil({ what: `disconnect ${faults} noticed`, timeoutMs: 60_000 }, () => seen() >= faults);
        await server.up();
        await waitUntil({ what: `the way back ${faults}`, timeoutMs: 60_000 }, () => consumer.status().connected);
      }
      await waitUntil({ what: `message ${index} stored`, timeoutMs: 60_000, everyMs: 20 }, async () => {
        await publisher.publishDurable('meshery.inventory.v1.c.batch', Buffer.from(String(index)), {
          messageId: `m${index}`,
          signal: never,
          timeoutMs: 500,
        });
        return true;
      });
      stored.push(index);
    }
    await waitUntil({ what: 'every message', timeoutMs: 60_000 }, () => new Set(received).size === stored.length);
    const firsts = received.filter((value, index) => received.indexOf(value) === index);
    expect(firsts).toEqual(stored);
    expect(faults).toBe(2);
    expect(consumer.status()).toMatchObject({ connected: true });
    stop.abort();
    await consumed;
    await publisher.close();
    await consumer.close();
  });

  test('consumes from a stream that is made anew when the server comes back empty', async () => {
    const publisher = await open(server);
    const consumer = await open(server);
    const before = await publisher.ensureStream(batchStream(), never);
    const received: string[] = [];
    const stop = new AbortController();
    const consumed = consumer.consume(
      { stream: batchStream().name, name: 'bridge', ackWaitMs: 30_000, maxInFlight: 16 },
      {
        onStart: () => undefined,
        onMessage: (message) => {
          received.push(Buffer.from(message.data).toString());
          message.ack();
        },
      },
      stop.signal,
    );
    await publisher.publishDurable('meshery.inventory.v1.c.batch', Buffer.from('1'), {
      messageId: 'm1',
      signal: never,
    });
    await waitUntil({ what: 'the first', timeoutMs: 60_000 }, () => received.length === 1);
    await server.kill();
    server.wipeStore();
    await server.up();
    await waitUntil(
      { what: 'the connection', timeoutMs: 60_000 },
      () => publisher.status().reconnects > 0 && publisher.status().connected,
    );
    const after = await publisher.ensureStream(batchStream(), never);
    expect(after.createdAtUnixMs).not.toBe(before.createdAtUnixMs);
    await publisher.publishDurable('meshery.inventory.v1.c.batch', Buffer.from('2'), {
      messageId: 'm2',
      signal: never,
    });
    await waitUntil({ what: 'the second', timeoutMs: 60_000 }, () => received.length === 2);
    expect(received).toEqual(['1', '2']);
    stop.abort();
    await consumed;
    await publisher.close();
    await consumer.close();
  });
});
