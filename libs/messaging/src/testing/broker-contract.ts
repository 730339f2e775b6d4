import { setTimeout as delay } from 'node:timers/promises';
import { isMesheryError } from '@meshery/errors';
import { waitUntil } from '@meshery/testing';
import { systemClock } from '@meshery/observability';
import type { Broker, BrokerEvent, BrokerMessage, DurableMessage, StreamSpec } from '../broker.ts';
import { Reassembler } from '../chunks/reassembler.ts';
import { splitPayload } from '../chunks/split-payload.ts';

/** What the suite needs: brokers that talk to each other; the suite closes them. */
export interface BrokerHarness {
  /** One more client of the same broker. */
  connect(): Promise<Broker>;
}

const bytes = (text: string): Uint8Array => Buffer.from(text);
const text = (data: Uint8Array): string => Buffer.from(data).toString('utf8');

/** Everything a Broker promises, proven the same way for each implementation. */
export function brokerContract(harness: () => BrokerHarness): void {
  const stop = new AbortController();
  const signal = stop.signal;
  let near: Broker;
  let far: Broker;
  let serial = 0;

  beforeAll(async () => {
    near = await harness().connect();
    far = await harness().connect();
  });

  afterAll(async () => {
    stop.abort();
    await near.close();
    await far.close();
  });

  const newStream = async (changes: Partial<StreamSpec> = {}): Promise<StreamSpec & { readonly subject: string }> => {
    serial += 1;
    const subject = `contract.s${serial}.batch`;
    const spec: StreamSpec = {
      name: `CONTRACT_${serial}`,
      subjects: [subject],
      whenFull: 'refuse',
      keep: 'until-acked',
      maxBytes: 16 * 1024 * 1024,
      maxAgeMs: 60_000,
      duplicateWindowMs: 60_000,
      ...changes,
    };
    await near.ensureStream(spec, signal);
    return { ...spec, subject };
  };

  const collect = (
    stream: string,
    options: {
      readonly ackWaitMs?: number;
      readonly maxInFlight?: number;
      readonly subject?: string;
      readonly onMessage?: (message: DurableMessage) => void;
    } = {},
  ) => {
    const received: DurableMessage[] = [];
    const session = new AbortController();
    const starts = { count: 0 };
    const done = far.consume(
      {
        stream,
        name: 'contract',
        ackWaitMs: options.ackWaitMs ?? 30_000,
        maxInFlight: options.maxInFlight ?? 64,
        ...(options.subject === undefined ? {} : { subject: options.subject }),
      },
      {
        onStart: () => {
          starts.count += 1;
        },
        onMessage: (message) => {
          received.push(message);
          options.onMessage?.(message);
        },
      },
      AbortSignal.any([signal, session.signal]),
    );
    const end = async (): Promise<void> => {
      session.abort();
      await done;
    };
    return { received, starts, end };
  };

  const until = (what: string, probe: () => boolean): Promise<boolean> =>
    waitUntil({ what, timeoutMs: 60_000, everyMs: 5 }, probe);
  const store = (subject: string, data: string, messageId: string) =>
    near.publishDurable(subject, bytes(data), { messageId, headers: { traceparent: 'tp', 'X-Id': messageId }, signal });

  describe('messages', () => {
    test('arrive in the order in which they were sent, with their headers', async () => {
      const received: string[] = [];
      const session = new AbortController();
      far.subscribe(
        'contract.core.*',
        (message) => void received.push(`${text(message.data)} ${message.headers['traceparent'] ?? ''}`),
        {
          signal: session.signal,
        },
      );
      await far.flush();
      for (let index = 0; index < 500; index += 1)
        near.publish('contract.core.a', String(index), { headers: { traceparent: 't' } });
      await until('the last message', () => received.length === 500);
      expect(received).toEqual(Array.from({ length: 500 }, (_, index) => `${index} t`));
      session.abort();
    });

    test('go to one member of a queue group', async () => {
      const received: string[] = [];
      const session = new AbortController();
      for (const member of ['a', 'b'])
        far.subscribe('contract.queue', () => void received.push(member), { queue: 'q', signal: session.signal });
      far.subscribe('contract.queue.end', () => void received.push('end'), { signal: session.signal });
      await far.flush();
      for (let index = 0; index < 10; index += 1) near.publish('contract.queue', 'x');
      near.publish('contract.queue.end', '');
      await until('the end', () => received.includes('end'));
      expect(received).toHaveLength(11);
      session.abort();
    });

    test('stop when the subscription ends', async () => {
      const received: string[] = [];
      const session = new AbortController();
      far.subscribe('contract.ended', (message) => void received.push(text(message.data)), { signal: session.signal });
      await far.flush();
      session.abort();
      await far.flush();
      near.publish('contract.ended', 'late');
      await near.flush();
      await far.flush();
      expect(received).toEqual([]);
    });

    test('that are too large are refused at once, with a code', () => {
      const big = new Uint8Array(near.maxPayload + 1);
      expect(() => {
        near.publish('contract.big', big);
      }).toThrow(expect.objectContaining({ code: 'meshery-messaging-1502' }) as Error);
    });

    test('dropped for a slow handler are counted and reported', async () => {
      const events: BrokerEvent[] = [];
      const stopWatching = far.onEvent((event) => void events.push(event));
      const session = new AbortController();
      const block = Promise.withResolvers<undefined>();
      let handled = 0;
      far.subscribe(
        'contract.slow',
        async () => {
          handled += 1;
          await block.promise;
        },
        { signal: session.signal, maxPending: 5 },
      );
      await far.flush();
      const before = far.status().slowDrops;
      for (let index = 0; index < 20; index += 1) near.publish('contract.slow', String(index));
      await until('the drops', () => far.status().slowDrops - before === 14);
      expect(events.filter((event) => event.type === 'slow-consumer')).toHaveLength(14);
      block.resolve(undefined);
      await until('the rest', () => handled === 6);
      stopWatching();
      session.abort();
    });

    test('whose handler fails harm no other, and are reported', async () => {
      const events: BrokerEvent[] = [];
      const received: string[] = [];
      const stopWatching = far.onEvent((event) => void events.push(event));
      const session = new AbortController();
      far.subscribe(
        'contract.fail',
        async (message) => {
          if (text(message.data) === 'bad') throw new Error('handler');
          await Promise.resolve();
          received.push(text(message.data));
        },
        { signal: session.signal },
      );
      await far.flush();
      for (const data of ['bad', 'good']) near.publish('contract.fail', data);
      await until('the good one', () => received.length === 1);
      expect(events).toContainEqual(expect.objectContaining({ type: 'handler-failed', subject: 'contract.fail' }));
      stopWatching();
      session.abort();
    });
  });

  describe('requests', () => {
    test('are answered', async () => {
      const session = new AbortController();
      far.subscribe('contract.ask', (message) => void message.respond(`${text(message.data)}!`), {
        signal: session.signal,
      });
      await far.flush();
      const answer = await near.request('contract.ask', bytes('hi'), { timeoutMs: 60_000, signal });
      expect(text(answer.data)).toBe('hi!');
      session.abort();
    });

    test('that nobody answers fail with 1504 within their time', async () => {
      const session = new AbortController();
      far.subscribe('contract.mute', () => undefined, { signal: session.signal });
      await far.flush();
      for (const subject of ['contract.mute', 'contract.nobody']) {
        await expect(near.request(subject, bytes(''), { timeoutMs: 200, signal })).rejects.toMatchObject({
          code: 'meshery-messaging-1504',
        });
      }
      session.abort();
    });

    test('may have many answers, in order; an empty one says that nobody takes them', async () => {
      const session = new AbortController();
      const onAsked = (message: BrokerMessage): void => {
        for (const answer of ['1', '2', '3']) message.respond(answer);
      };
      far.subscribe('contract.many', onAsked, { signal: session.signal });
      await far.flush();
      const heard: string[] = [];
      const hear = (message: BrokerMessage): void => void heard.push(text(message.data));
      near.requestMany('contract.many', bytes('go'), hear, { signal: session.signal });
      await waitUntil({ what: 'the answers', timeoutMs: 60_000 }, () => heard.length === 3);
      near.requestMany('contract.nobody', bytes('go'), hear, { signal: session.signal });
      await waitUntil({ what: 'the refusal', timeoutMs: 60_000 }, () => heard.length === 4);
      expect(heard).toEqual(['1', '2', '3', '']);
      session.abort();
    });

    test('end with the caller', async () => {
      const session = new AbortController();
      far.subscribe('contract.mute2', () => undefined, { signal: session.signal });
      await far.flush();
      const caller = new AbortController();
      const asked = near.request('contract.mute2', bytes(''), { timeoutMs: 60_000, signal: caller.signal });
      caller.abort(new Error('the caller left'));
      await expect(asked).rejects.toThrow('the caller left');
      session.abort();
    });
  });

  describe('streams', () => {
    test('deliver in order, with headers, and forget what was acknowledged', async () => {
      const { name, subject } = await newStream();
      await Promise.all(Array.from({ length: 200 }, (_, index) => store(subject, String(index), `m${index}`)));
      const consumer = collect(name, {
        onMessage: (message) => {
          message.ack();
        },
      });
      await until('all messages', () => consumer.received.length === 200);
      expect(consumer.received.map((message) => text(message.data))).toEqual(
        Array.from({ length: 200 }, (_, index) => String(index)),
      );
      expect(consumer.received[7]?.headers).toMatchObject({ traceparent: 'tp', 'X-Id': 'm7' });
      await far.flush();
      await waitUntil(
        { what: 'an empty stream', timeoutMs: 60_000 },
        async () => (await near.ensureStream({ ...specOf(name, subject) }, signal)).messages === 0,
      );
      await consumer.end();
    });

    const specOf = (name: string, subject: string): StreamSpec => ({
      name,
      subjects: [subject],
      whenFull: 'refuse',
      keep: 'until-acked',
      maxBytes: 16 * 1024 * 1024,
      maxAgeMs: 60_000,
      duplicateWindowMs: 60_000,
    });

    test('deliver to a consumer of one subject nothing else, and keep the rest', async () => {
      const { name } = await newStream({ subjects: ['contract.shared.*'] });
      const [mine, theirs] = ['contract.shared.mine', 'contract.shared.theirs'];
      for (const [index, subject] of [theirs, mine, theirs, mine].entries()) {
        await store(subject, String(index), `shared${index}`);
      }
      const onMessage = (message: DurableMessage): void => {
        message.ack();
      };
      const consumer = collect(name, { subject: mine, onMessage });
      await until('both messages', () => consumer.received.length === 2);
      await consumer.end();
      expect(consumer.received.map((message) => text(message.data))).toEqual(['1', '3']);
      const others = collect(name, { subject: theirs, onMessage });
      await until('the rest', () => others.received.length === 2);
      await others.end();
    });

    test('store a message id once', async () => {
      const { name, subject } = await newStream();
      const first = await store(subject, 'a', 'same');
      const second = await store(subject, 'a', 'same');
      expect(second).toEqual({ sequence: first.sequence, duplicate: true });
      const consumer = collect(name, {
        onMessage: (message) => {
          message.ack();
        },
      });
      await store(subject, 'b', 'other');
      await until('both', () => consumer.received.length === 2);
      expect(consumer.received.map((message) => text(message.data))).toEqual(['a', 'b']);
      await consumer.end();
    });

    test('deliver again what is not acknowledged in time', async () => {
      const { name, subject } = await newStream();
      const consumer = collect(name, {
        ackWaitMs: 300,
        onMessage: (message) => {
          if (message.deliveries > 1) message.ack();
        },
      });
      await store(subject, 'a', 'm1');
      // A pause of this process may last for a third one.
      await until('the second delivery', () => consumer.received.length >= 2);
      expect(consumer.received.slice(0, 2).map((message) => message.deliveries)).toEqual([1, 2]);
      await consumer.end();
    });

    test('wait as long as the consumer says that it is at work', async () => {
      const { name, subject } = await newStream();
      const consumer = collect(name, { ackWaitMs: 3000 });
      await store(subject, 'at work', 'm1');
      await store(subject, 'idle', 'm2');
      const deliveries = (data: string): readonly DurableMessage[] =>
        consumer.received.filter((message) => text(message.data) === data);
      await until('the second delivery of what nobody works on', () => {
        for (const message of deliveries('at work')) message.working();
        return deliveries('idle').length >= 2;
      });
      expect(deliveries('at work')).toHaveLength(1);
      for (const message of consumer.received) message.ack();
      await consumer.end();
    });

    test('deliver again at once what is refused, after a delay if one is given', async () => {
      const { name, subject } = await newStream();
      const consumer = collect(name, {
        onMessage: (message) => {
          if (message.deliveries === 1) message.nak();
          else if (message.deliveries === 2) message.nak(300);
          else message.ack();
        },
      });
      await store(subject, 'a', 'm1');
      await until('three deliveries', () => consumer.received.length === 3);
      expect(consumer.received.map((message) => message.deliveries)).toEqual([1, 2, 3]);
      await consumer.end();
    });

    test('never deliver again what is given up', async () => {
      const { name, subject } = await newStream();
      const consumer = collect(name, {
        ackWaitMs: 300,
        onMessage: (message) => {
          if (text(message.data) === 'poison') message.term('no use');
          else if (message.deliveries > 1) message.ack();
        },
      });
      const received = (): readonly string[] => consumer.received.map((message) => text(message.data));
      await store(subject, 'poison', 'm1');
      await until('the delivery', () => received().length > 0);
      await far.flush();
      // What is not settled shows that the time is over after which the other one would have come again.
      await store(subject, 'late', 'm2');
      await until('its second delivery', () => received().filter((data) => data === 'late').length >= 2);
      expect(received().slice(received().indexOf('late'))).not.toContain('poison');
      await consumer.end();
    });

    test('deliver no more than the consumer allows in flight', async () => {
      const { name, subject } = await newStream();
      await Promise.all(Array.from({ length: 20 }, (_, index) => store(subject, String(index), `m${index}`)));
      const consumer = collect(name, { maxInFlight: 4 });
      await until('four messages', () => consumer.received.length === 4);
      await delay(200);
      expect(consumer.received).toHaveLength(4);
      consumer.received[0]?.ack();
      await until('the fifth', () => consumer.received.length === 5);
      await consumer.end();
    });

    test('hand everything unsettled to the next consumer at once and in order', async () => {
      const { name, subject } = await newStream();
      await Promise.all(Array.from({ length: 10 }, (_, index) => store(subject, String(index), `m${index}`)));
      const first = collect(name, {
        onMessage: (message) => {
          if (Number(text(message.data)) % 3 === 0) message.ack();
        },
      });
      await until('all ten', () => first.received.length === 10);
      await waitUntil(
        { what: 'the end of what was acknowledged', timeoutMs: 60_000 },
        async () => (await near.ensureStream(specOf(name, subject), signal)).messages === 6,
      );
      await first.end();
      const second = collect(name, {
        onMessage: (message) => {
          message.ack();
        },
      });
      await until('the unsettled six', () => second.received.length === 6);
      expect(second.received.map((message) => text(message.data))).toEqual(['1', '2', '4', '5', '7', '8']);
      expect(second.starts.count).toBe(1);
      await second.end();
    });

    test('that are full refuse, and take again when there is room', async () => {
      const { name, subject } = await newStream({ maxBytes: 20_000 });
      const kilobyte = 'x'.repeat(1000);
      let failure: unknown;
      for (let index = 0; index < 40 && failure === undefined; index += 1) {
        failure = await store(subject, kilobyte, `m${index}`).then(
          () => undefined,
          (error: unknown) => error,
        );
      }
      expect(failure).toMatchObject({ code: 'meshery-messaging-1501' });
      const consumer = collect(name, {
        onMessage: (message) => {
          message.ack();
        },
      });
      await waitUntil({ what: 'room', timeoutMs: 60_000 }, async () => {
        await store(subject, 'small', 'again');
        return true;
      });
      await consumer.end();
    });

    test('that forget their oldest take everything', async () => {
      const { subject } = await newStream({ maxBytes: 20_000, whenFull: 'drop-oldest', keep: 'limits' });
      for (let index = 0; index < 60; index += 1) await store(subject, 'x'.repeat(1000), `m${index}`);
    });

    test('keep their creation time when they are asked for again', async () => {
      const { subject: _subject, ...spec } = await newStream();
      const once = await near.ensureStream(spec, signal);
      const again = await far.ensureStream(spec, signal);
      expect(again.createdAtUnixMs).toBe(once.createdAtUnixMs);
    });

    test('that do not exist make publishing fail with 1501', async () => {
      const failure = await near
        .publishDurable('contract.nowhere', bytes('a'), { messageId: 'm', signal, timeoutMs: 60_000 })
        .catch((error: unknown) => error);
      expect(isMesheryError(failure) && failure.code).toBe('meshery-messaging-1501');
      expect(failure).toMatchObject({ details: { missing: true } });
    });

    test('carry a message over the limit in parts that come together again, byte for byte', async () => {
      const { name, subject } = await newStream();
      const big = Buffer.from(Array.from({ length: 3 * near.maxPayload }, (_, index) => index % 251));
      const parts = splitPayload(big, 'big', near.maxPayload);
      expect(parts.length).toBeGreaterThan(3);
      const reassembler = new Reassembler(systemClock);
      const whole: Buffer[] = [];
      let heldMost = 0;
      const consumer = collect(name, {
        onMessage: (message) => {
          const result = reassembler.accept(message);
          heldMost = Math.max(heldMost, reassembler.heldBytes);
          if (result.type !== 'whole') return;
          whole.push(Buffer.from(result.message.data));
          for (const part of result.message.parts) part.ack();
        },
      });
      await Promise.all([
        ...parts.map((part) => near.publishDurable(subject, part.data, { ...part, signal })),
        store(subject, 'small', 'between'),
      ]);
      await until('both messages', () => whole.length === 2);
      const joined = whole.find((data) => data.byteLength > 100);
      expect(joined !== undefined && joined.equals(big)).toBe(true);
      expect(heldMost).toBeLessThanOrEqual(big.byteLength);
      expect(reassembler.heldBytes).toBe(0);
      await consumer.end();
    });
  });
}
