import { encodeRequest, publishedSubjects } from '@meshery/contracts';
import type { Broker, MessageHandler } from '@meshery/messaging';
import { createLogger, systemClock } from '@meshery/observability';
import { waitUntil } from '@meshery/testing';
import { PublishedRequests } from './published-requests.ts';
import type { PublishedContext } from './request-context.ts';

test('who asks for everything before anything is watched gets it when it is', async () => {
  const asked: (readonly string[])[] = [];
  let kinds: readonly string[] = [];
  let deliver: MessageHandler = () => undefined;
  const broker: Pick<Broker, 'subscribe'> = {
    subscribe: (_subject, handler) => {
      deliver = handler;
    },
  };
  const stores = { native: true, send: (_reply: string, watched: readonly string[]) => asked.push(watched) };
  const requests = new PublishedRequests({
    broker: broker as Broker,
    stores,
    kinds: () => kinds,
    clock: systemClock,
    logger: createLogger({ service: 'test', level: 'silent' }),
  } as unknown as PublishedContext);
  const stop = new AbortController();
  requests.start(stop.signal);
  const data = Buffer.from(encodeRequest('informer-store', { Reply: 'store' }));
  await deliver({ subject: publishedSubjects.request, data, headers: {}, respond: () => true });
  expect(asked).toEqual([]);
  kinds = ['pods.v1.'];
  await waitUntil({ what: 'the answer', timeoutMs: 60_000 }, () => asked.length > 0);
  expect(asked).toEqual([['pods.v1.']]);
  stop.abort(new Error('the test is over'));
});
