import type { MesheryError } from '@meshery/errors';
import { createLogger, systemClock } from '@meshery/observability';
import { SessionTable } from './session-table.ts';
import type { Session, SessionFacts } from './session-table.ts';

const logger = createLogger({ service: 'test', level: 'silent' });
/** A thousand times as fast as the machine's. */
const hasty = { ...systemClock, sleep: (ms: number, signal?: AbortSignal) => systemClock.sleep(ms / 1000, signal) };

const facts = (id: string): SessionFacts => ({
  key: id,
  kind: 'logs',
  form: 'native',
  id,
  namespace: 'n',
  pod: 'p',
});

/** Work that lasts until it is told to end. */
function untilEnd({ signal }: Session): Promise<void> {
  const { promise, reject } = Promise.withResolvers<never>();
  signal.addEventListener('abort', () => {
    reject(signal.reason as Error);
  });
  return promise;
}

function makeTable(options: { idleMs?: number; clock?: typeof systemClock } = {}) {
  const { idleMs = 60_000, clock = systemClock } = options;
  const counted: string[] = [];
  const metrics = {
    opened: (kind: string) => void counted.push(`+${kind}`),
    ended: (kind: string, reason: string) => void counted.push(`-${kind} ${reason}`),
  };
  return { counted, table: new SessionTable({ clock, logger, metrics, maxSessions: 2, idleMs }) };
}

/** Opens a session; settles with the error that its client is told. */
function open(table: SessionTable, id: string, work = untilEnd): Promise<MesheryError | undefined> {
  const { promise, resolve } = Promise.withResolvers<MesheryError | undefined>();
  table.open(facts(id), work, resolve);
  return promise;
}

const coded = (code: string): Error => expect.objectContaining({ code }) as Error;

test('takes so many sessions, each id once, and takes others when one is over', async () => {
  const { table, counted } = makeTable();
  const first = open(table, 'a');
  expect(() => open(table, 'a')).toThrow(coded('meshery-core-1007'));
  table.open(facts('b'), untilEnd, () => undefined);
  expect(() => {
    table.open(facts('c'), untilEnd, () => undefined);
  }).toThrow(coded('meshery-core-1005'));
  expect(table.list().map(({ id }) => id)).toEqual(['a', 'b']);
  expect(table.stop('a')).toBe(true);
  expect(await first).toBeUndefined();
  await new Promise(setImmediate);
  expect(table.stop('a')).toBe(false);
  table.open(
    facts('c'),
    () => Promise.resolve(),
    () => undefined,
  );
  await new Promise(setImmediate);
  expect(counted).toEqual(['+logs', '+logs', '-logs stopped', '+logs', '-logs completed']);
  await table.close();
});

test('tells the client what failed', async () => {
  const { table, counted } = makeTable();
  const failing = (): Promise<void> => Promise.reject(new Error('odd'));
  expect(await open(table, 'a', failing)).toMatchObject({ code: 'meshery-core-1000' });
  await new Promise(setImmediate);
  expect(counted).toContain('-logs failed');
});

test('ends what is idle, and only that', async () => {
  const { table } = makeTable({ idleMs: 600 });
  const busy = async (session: Session): Promise<void> => {
    for (let beat = 0; beat < 6; beat += 1) {
      await systemClock.sleep(200, session.signal);
      session.touch();
    }
    await untilEnd(session);
  };
  const ended: string[] = [];
  const note = (name: string) => (error: MesheryError | undefined) => {
    ended.push(name);
    return error;
  };
  const [idle] = await Promise.all([
    open(table, 'idle').then(note('idle')),
    open(table, 'busy', busy).then(note('busy')),
  ]);
  expect(idle?.code).toBe('meshery-core-1003');
  expect(ended).toEqual(['idle', 'busy']);
});

test('closes with a word to everybody, takes nobody after that, and waits for nobody for ever', async () => {
  const { table } = makeTable({ clock: hasty });
  const ended = open(table, 'a');
  table.open(
    facts('deaf'),
    () => new Promise(() => undefined),
    () => undefined,
  );
  await table.close();
  expect((await ended)?.code).toBe('meshery-core-1004');
  expect(() => open(table, 'late')).toThrow(coded('meshery-core-1004'));
});
