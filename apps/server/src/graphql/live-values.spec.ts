import { EventEmitter } from 'node:events';
import type { Clock } from '@meshery/observability';
import type { GraphqlContext } from './graphql-context.ts';
import { LiveValues } from './live-values.ts';

/** A clock whose sleepers sleep until their signal, or until they are woken. */
function sleepyClock() {
  let wake: () => void = () => undefined;
  const sleep = (_ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      wake = resolve;
      if (signal?.aborted === true) resolve();
      signal?.addEventListener('abort', () => {
        reject(new Error('woken early'));
      });
    });
  return {
    clock: { sleep } as unknown as Clock,
    wake: () => {
      wake();
    },
  };
}

function make() {
  const { clock, wake } = sleepyClock();
  const shutdown = new AbortController();
  let isLive = true;
  const live = new LiveValues({
    clock,
    sessions: { isLive: () => isLive } as never,
    shutdown: shutdown.signal,
    config: { controllersPollMs: 1, maxClientBuffer: 100 },
  });
  const signOut = (): void => {
    isLive = false;
  };
  return { live, wake, shutdown, signOut };
}

const context = (bufferedAmount = 0, warn: () => void = () => undefined): GraphqlContext =>
  ({
    ctx: { logger: { warn } },
    session: {},
    socket: Object.assign(new EventEmitter(), { bufferedAmount, close: () => undefined }),
  }) as unknown as GraphqlContext;

const iterate = (values: AsyncIterable<unknown>): AsyncIterator<unknown> => values[Symbol.asyncIterator]();

test('tells what is new at each reading only, and what cannot be read is unchanged', async () => {
  const { live, wake } = make();
  const readings = [
    () => ['a', 'b'],
    () => {
      throw new Error('away');
    },
    () => ['b', 'c'],
  ];
  let at = 0;
  const read = () => Promise.resolve().then(() => readings[at++]?.() ?? []);
  let warnings = 0;
  const values = iterate(
    live.changing(
      context(0, () => {
        warnings += 1;
        wakeSoon();
      }),
      read,
    ),
  );
  const wakeSoon = (): void => {
    setImmediate(wake);
  };
  expect([(await values.next()).value, (await values.next()).value]).toEqual(['a', 'b']);
  wakeSoon();
  expect((await values.next()).value).toBe('c');
  expect(warnings).toBe(1);
});

test.each(['reader', 'server'])('ends with the %s while nothing changes', async (who) => {
  const { live, shutdown } = make();
  const values = iterate(live.changing(context(), () => Promise.resolve(['a'])));
  await values.next();
  const next = values.next();
  if (who === 'server') shutdown.abort();
  else await values.return?.();
  await expect(next).resolves.toMatchObject({ done: true });
});

test.each(['its reader', 'itself', 'a failure'])(
  'leaves nothing on the socket when it was ended by %s',
  async (what) => {
    const { live } = make();
    const over = context();
    const listeners = (): number => (over.socket as unknown as EventEmitter).listenerCount('close');
    const source = async function* (): AsyncGenerator<string> {
      yield await Promise.resolve('a');
      if (what === 'a failure') throw new Error('away');
    };
    const values = iterate(live.ending(over, source));
    await values.next();
    expect(listeners()).toBe(1);
    if (what === 'its reader') await values.return?.();
    else if (what === 'itself') await values.next();
    else await expect(values.next()).rejects.toThrow('away');
    expect(listeners()).toBe(0);
  },
);

test('ends with a code when the session has ended, and for a socket that is not read', async () => {
  const { live, signOut } = make();
  const read = (): Promise<string[]> => Promise.resolve(['a']);
  await expect(iterate(live.changing(context(101), read)).next()).rejects.toMatchObject({ code: 'meshery-core-1010' });
  signOut();
  await expect(iterate(live.changing(context(), read)).next()).rejects.toMatchObject({ code: 'meshery-auth-1201' });
});

test('at most 200 read at a time', async () => {
  const { live } = make();
  const all = Array.from({ length: 201 }, () => iterate(live.changing(context(), () => Promise.resolve(['a']))));
  for (const values of all.slice(0, 200)) await values.next();
  await expect(all[200]?.next()).rejects.toMatchObject({ code: 'meshery-core-1005' });
  await all[0]?.return?.();
  const again = iterate(live.changing(context(), () => Promise.resolve(['a'])));
  await expect(again.next()).resolves.toEqual({ done: false, value: 'a' });
});
