import {
  encodeSessionInput,
  encodeSessionOutput,
  parseAgentRequest,
  parseExecRequest,
  parseLogsRequest,
  parseSessionInput,
} from './agent-requests.ts';
import type { SessionInput } from './agent-requests.ts';
import { execInputOf, execInputSubject, execRequestsOf, logRequestsOf } from './published-requests.ts';
import { requestSubject, sessionSubject } from './subjects.ts';

const bytes = (value: unknown): Uint8Array => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
const pod = { id: 'a-1', namespace: 'ns', pod: 'p.1' };

describe('native requests', () => {
  test('have one subject for each verb and each session', () => {
    expect(requestSubject('c', 'logs')).toBe('meshery.requests.v1.c.logs');
    expect(sessionSubject('c', 'a-1')).toBe('meshery.requests.v1.c.session.a-1');
    expect(() => sessionSubject('c', 'a.b')).toThrow(RangeError);
    expect(() => requestSubject('>', 'logs')).toThrow(RangeError);
  });

  test('are read with their defaults', () => {
    expect(parseAgentRequest(bytes({ id: 'x', user: 'u', groups: ['g'] }))).toEqual({
      ok: true,
      value: { id: 'x', user: 'u', groups: ['g'] },
    });
    expect(parseLogsRequest(bytes({ ...pod, tailLines: 3 }))).toEqual({
      ok: true,
      value: { ...pod, groups: [], follow: false, previous: false, timestamps: false, tailLines: 3 },
    });
    const command = ['sh', '-c', 'é'];
    expect(parseExecRequest(bytes({ ...pod, container: 'c', command, tty: true, columns: 80, rows: 24 }))).toEqual({
      ok: true,
      value: { ...pod, groups: [], container: 'c', command, tty: true, size: { columns: 80, rows: 24 } },
    });
  });

  test.each([
    ['no JSON', '{'],
    ['no object', '[]'],
    ['an id with a dot', { ...pod, id: 'a.b' }],
    ['a path as a pod', { ...pod, pod: '../x' }],
    ['a number as a switch', { ...pod, follow: 1 }],
    ['a negative count', { ...pod, tailLines: -1 }],
    ['a user that breaks a header', { ...pod, user: 'a\r\nb' }],
    ['groups without a user', { ...pod, groups: ['system:masters'] }],
    ['deep nesting', `${JSON.stringify(pod).slice(0, -1)},"x":${'['.repeat(30)}${']'.repeat(30)}}`],
    ['too many bytes', `${JSON.stringify(pod)}${' '.repeat(256 * 1024)}`],
  ])('are refused with %s', (_what, value) => {
    expect(parseLogsRequest(bytes(value)).ok).toBe(false);
  });

  test.each([[undefined], [[]], [['a', 1]], ['sh']])('are refused with the command %j', (command) => {
    expect(parseExecRequest(bytes({ ...pod, command })).ok).toBe(false);
  });

  test('session messages keep every byte', () => {
    const inputs: SessionInput[] = [
      { type: 'input', data: Buffer.from([0, 3, 0xff, 0xc3]) },
      { type: 'end-input' },
      { type: 'resize', columns: 1, rows: 2 },
      { type: 'ack', sequence: 9 },
      { type: 'stop' },
    ];
    for (const value of inputs)
      expect(parseSessionInput(bytes(encodeSessionInput(value)))).toEqual({ ok: true, value });
    expect(encodeSessionOutput('a', { type: 'data', sequence: 1, stream: 'stdout', data: Buffer.from([0xff]) })).toBe(
      '{"id":"a","type":"data","sequence":1,"stream":"stdout","data":"/w=="}',
    );
  });

  test.each([{ type: 'input', data: '*' }, { type: 'resize', columns: 0, rows: 1 }, { type: 'jump' }, {}])(
    'session message %j is refused',
    (value) => {
      expect(parseSessionInput(bytes(value)).ok).toBe(false);
    },
  );
});

describe('published requests', () => {
  const entry = { id: 'r1', name: 'p', namespace: 'ns', container: 'c' };

  test('are read one by one', () => {
    const session = { id: 'r1', namespace: 'ns', pod: 'p', container: 'c' };
    const [first, second, third] = logRequestsOf({
      a: { ...entry, follow: true, previous: false, taillines: 5, stop: false },
      b: { ...entry, taillines: 0, stop: true },
      c: { ...entry, namespace: '*' },
    });
    expect(first).toEqual({
      ok: true,
      value: { ...session, follow: true, previous: false, tailLines: 5, stop: false },
    });
    expect(second).toEqual({ ok: true, value: { ...session, follow: false, previous: false, stop: true } });
    expect(third?.ok).toBe(false);
    expect(execRequestsOf({ a: entry })).toEqual([{ ok: true, value: { ...session, stop: false } }]);
    expect(execRequestsOf({ a: { ...entry, id: 'x >' } })[0]?.ok).toBe(false);
    expect(execRequestsOf(null)).toEqual([]);
  });

  test('input has a subject of its own and is a text', () => {
    expect(execInputSubject({ id: 'r1', namespace: 'ns', pod: 'p', container: 'c' })).toBe('input.exec.ns.p.c.r1');
    expect(execInputOf(bytes({ ObjectType: 'exec-input', EventType: '', Request: null, Object: 'ls' }))).toBe('ls');
    expect(execInputOf(bytes({ ObjectType: 'error', Object: 'ls' }))).toBeUndefined();
  });
});
