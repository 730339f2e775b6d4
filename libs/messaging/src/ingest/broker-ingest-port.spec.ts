import {
  Batch,
  OpenRunRequest,
  OpenRunResponse,
  RunVerdict,
  Source,
  controlSubject,
  encodeControl,
  openSubject,
} from '@meshery/contracts';
import type { IngestControl } from '@meshery/contracts';
import { createLogger, systemClock } from '@meshery/observability';
import { waitUntil } from '@meshery/testing';
import { InProcessBroker } from '../in-process/in-process-broker.ts';
import { batchStream } from './batch-stream.ts';
import { BrokerIngestPort } from './broker-ingest-port.ts';
import type { BrokerIngestLimits } from './broker-ingest-port.ts';

const logger = createLogger({ service: 'test', level: 'silent' });
const never = new AbortController().signal;
const request: OpenRunRequest = {
  clusterId: 'c-1',
  incarnation: 'run-1',
  clusterName: 'test',
  apiServerUrl: '',
  agentVersion: 'test',
  source: Source.SOURCE_AGENT,
  streamCreatedAtUnixMs: 0,
};

const batch = (sequence: number, text = ''): Batch => ({
  clusterId: 'c-1',
  incarnation: 'run-1',
  kind: 'pods.v1.',
  epoch: 1,
  sequence,
  producedAtUnixMs: 0,
  body: { $case: 'kindReport', value: { state: 1, reason: '', message: text, objectKind: 'Pod', namespaced: true } },
});

function setUp(
  limits: BrokerIngestLimits = {},
  broker = new InProcessBroker({ clock: systemClock, maxPayload: 20_000 }),
) {
  const port = new BrokerIngestPort({ broker, clock: systemClock, logger, limits, traceparent: () => '00-trace' });
  return { broker, port };
}

test('opens a run with the creation time of the stream', async () => {
  const { broker, port } = setUp();
  let asked: OpenRunRequest | undefined;
  const answer: OpenRunResponse = {
    verdict: RunVerdict.RUN_VERDICT_ACCEPTED,
    checkpoints: [{ kind: 'pods.v1.', epoch: 3, resourceVersion: '9', objectCount: 2 }],
  };
  broker.subscribe(
    openSubject('c-1'),
    (message) => {
      asked = OpenRunRequest.decode(message.data);
      message.respond(OpenRunResponse.encode(answer).finish());
    },
    { signal: never },
  );
  expect(await port.openRun(request, never)).toEqual(answer);
  expect(asked?.streamCreatedAtUnixMs).toBeGreaterThan(0);
});

test('fails with 1504 in its time when nobody answers, and waits for one who comes late', async () => {
  const { broker, port } = setUp({ openTimeoutMs: 50 });
  await expect(port.openRun(request, never)).rejects.toMatchObject({ code: 'meshery-messaging-1504' });
  const opened = setUp({ openTimeoutMs: 60_000 }, broker).port.openRun(request, never);
  broker.subscribe(
    openSubject('c-1'),
    (message) => void message.respond(OpenRunResponse.encode({ verdict: 1, checkpoints: [] }).finish()),
    { signal: never },
  );
  expect((await opened).verdict).toBe(RunVerdict.RUN_VERDICT_ACCEPTED);
});

test('makes the stream when there is none, stores in order, with id and trace', async () => {
  const { broker, port } = setUp();
  await Promise.all([1, 2, 3].map((sequence) => port.send(batch(sequence), never)));
  const seen: string[] = [];
  const stop = new AbortController();
  const consumed = broker.consume(
    { stream: batchStream().name, name: 'x', ackWaitMs: 1000, maxInFlight: 10 },
    {
      onStart: () => undefined,
      onMessage: (message) => {
        seen.push(
          `${Batch.decode(message.data).sequence} ${message.headers['Meshery-Message-Id'] ?? ''} ${message.headers['traceparent'] ?? ''}`,
        );
        message.ack();
      },
    },
    stop.signal,
  );
  await waitUntil({ what: 'all', timeoutMs: 60_000, everyMs: 2 }, () => seen.length === 3);
  expect(seen.sort()).toEqual([1, 2, 3].map((n) => `${n} run-1:pods.v1.:${n} 00-trace`));
  stop.abort();
  await consumed;
});

test('a full stream is a condition, holds the caller back, and goes away by itself', async () => {
  const { broker, port } = setUp({ stream: { maxBytes: 30_000 }, maxInFlight: 4 });
  const text = 'x'.repeat(9000);
  await broker.ensureStream(batchStream({ maxBytes: 30_000 }), never);
  const sent = [1, 2, 3, 4, 5].map((sequence) => port.send(batch(sequence, text), never));
  await waitUntil({ what: 'the condition', timeoutMs: 60_000, everyMs: 2 }, () => !port.condition().healthy);
  expect(port.condition()).toMatchObject({ error: { code: 'meshery-messaging-1501' } });
  const stop = new AbortController();
  const consumed = broker.consume(
    { stream: batchStream().name, name: 'x', ackWaitMs: 1000, maxInFlight: 10 },
    {
      onStart: () => undefined,
      onMessage: (message) => {
        message.ack();
      },
    },
    stop.signal,
  );
  await Promise.all(sent);
  expect(port.condition()).toEqual({ healthy: true, inFlight: 0, inFlightBytes: 0 });
  stop.abort();
  await consumed;
});

test('controls reach the run they are for, and no other', async () => {
  const { broker, port } = setUp({ openTimeoutMs: 10 });
  await port.openRun(request, never).catch(() => undefined);
  const controls: IngestControl[] = [];
  const stop = new AbortController();
  const listening = port.controls('c-1', (control) => controls.push(control), stop.signal);
  const send = (incarnation: string | undefined, reason: string): void => {
    broker.publish(
      controlSubject('c-1'),
      encodeControl({
        control: { type: 'snapshot-all', reason },
        ...(incarnation === undefined ? {} : { incarnation }),
      }),
    );
  };
  send('run-0', 'old');
  send('run-1', 'mine');
  send(undefined, 'all');
  broker.publish(controlSubject('c-1'), 'nonsense');
  expect(controls.map(({ reason }) => reason)).toEqual(['mine', 'all']);
  stop.abort();
  await listening;
});
