import { encodeSessionOutput, parseAgentAnswer, requestSubject, sessionSubject } from '@meshery/contracts';
import type { SessionOutput } from '@meshery/contracts';
import { InProcessBroker } from '@meshery/messaging';
import type { BrokerMessage, IncomingRequest, RequestTransport } from '@meshery/messaging';
import { createLogger, systemClock } from '@meshery/observability';
import { waitUntil } from '@meshery/testing';
import { RequestRelay } from './request-relay.ts';

const clusterId = 'c1';
const logger = createLogger({ service: 'test', level: 'silent' });
/** What waits 15 s waits 15 ms. */
const hasty = { ...systemClock, sleep: (ms: number, signal?: AbortSignal) => systemClock.sleep(ms / 1000, signal) };
const until = (what: string, probe: () => boolean) => waitUntil({ what, timeoutMs: 60_000, everyMs: 2 }, probe);

let broker: InProcessBroker;
let stop: AbortController;
let ask: (request: IncomingRequest) => void;

beforeEach(() => {
  broker = new InProcessBroker({ clock: systemClock });
  stop = new AbortController();
  const server: RequestTransport = {
    serve: (_clusterId, onRequest) => {
      ask = onRequest;
    },
  };
  new RequestRelay({ broker, server, clock: hasty, logger }).serve(clusterId, stop.signal);
});

afterEach(async () => {
  stop.abort(new Error('the test is over'));
  await broker.close();
});

/** A request of the server, with what it hears and says. */
class Asked {
  readonly answers: SessionOutput[] = [];
  readonly lost = new AbortController();
  say: (message: Uint8Array) => void = () => undefined;

  constructor(verb: IncomingRequest['verb'], data: string) {
    const take = (text: string): void => {
      const parsed = parseAgentAnswer(Buffer.from(text));
      if (parsed.ok) this.answers.push(parsed.value.output);
    };
    ask({
      clusterId,
      verb,
      data: Buffer.from(data),
      lost: this.lost.signal,
      // eslint-disable-next-line @typescript-eslint/require-await -- the port is asynchronous
      send: async (text) => {
        take(text);
      },
      sendLast: take,
      hear: (_id, onMessage) => {
        this.say = onMessage;
      },
    });
  }

  get last(): SessionOutput | undefined {
    return this.answers.at(-1);
  }
}

/** An agent that opens each session and knows those of `sessions`. */
function startAgent(sessions: () => readonly string[]): { readonly told: string[]; readonly stop: () => void } {
  const running = new AbortController();
  const { signal } = running;
  const told: string[] = [];
  const onLogs = (message: BrokerMessage): void => {
    message.respond(encodeSessionOutput('s1', { type: 'started' }));
  };
  const onList = (message: BrokerMessage): void => {
    message.respond(encodeSessionOutput('look', { type: 'end', result: sessions().map((id) => ({ id })) }));
  };
  broker.subscribe(requestSubject(clusterId, 'logs'), onLogs, { signal });
  broker.subscribe(requestSubject(clusterId, 'sessions'), onList, { signal });
  const hear = ({ data }: BrokerMessage): void => void told.push(Buffer.from(data).toString());
  broker.subscribe(sessionSubject(clusterId, 's1'), hear, { signal });
  return {
    told,
    stop: () => {
      running.abort();
    },
  };
}

test('a session of an agent that was killed ends with a reason', async () => {
  let looks = 0;
  const agent = startAgent(() => {
    looks += 1;
    return ['s1'];
  });
  const asked = new Asked('logs', '{"id":"s1"}');
  await until('some looks', () => looks > 3);
  expect(asked.answers).toEqual([{ type: 'started' }]);
  agent.stop();
  await until('the end', () => asked.last?.type === 'error');
  expect(asked.last).toMatchObject({ code: 'meshery-core-1008' });
});

test('a session that the agent does not know any more ends with a reason', async () => {
  startAgent(() => []);
  const asked = new Asked('logs', '{"id":"s1"}');
  await until('the end', () => asked.last?.type === 'error');
  expect(asked.last).toMatchObject({ code: 'meshery-messaging-1500' });
});

test('without an agent the answer comes at once', () => {
  expect(new Asked('meta', '{"id":"m"}').last).toMatchObject({ type: 'error', code: 'meshery-core-1008' });
});

test('a session is stopped when the server is gone, and told why when the bridge goes', async () => {
  const { told } = startAgent(() => ['s1']);
  const first = new Asked('logs', '{"id":"s1"}');
  first.say(Buffer.from('{"type":"ack","sequence":1}'));
  first.lost.abort(new Error('the stream ended'));
  expect(told).toEqual(['{"type":"ack","sequence":1}', '{"type":"stop"}']);
  const second = new Asked('logs', '{"id":"s1"}');
  await until('the session', () => second.answers.length > 0);
  stop.abort(new Error('the link is stopped'));
  expect(second.last).toMatchObject({ type: 'error', code: 'meshery-core-1004' });
  expect(told).toHaveLength(3);
});
