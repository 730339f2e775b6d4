import { classifyStatus, readStatus } from './api-status.ts';
import { isOlderVersion } from './resource-version.ts';
import { cutWatchLine, readBookmark } from './watch-event.ts';

describe('cutWatchLine', () => {
  test.each(['ADDED', 'MODIFIED', 'DELETED', 'BOOKMARK', 'ERROR'])('cuts %s without touching the object', (type) => {
    const line = cutWatchLine(Buffer.from(`{"type":"${type}","object":{"big":9007199254740993}}`));
    expect(line?.type).toBe(type);
    expect(line?.object.toString()).toBe('{"big":9007199254740993}');
  });

  test('reads another order and white space', () => {
    const line = cutWatchLine(Buffer.from(' { "object" : {"a":[1, {"type":"x"}]} , "type" : "ADDED" }\r'));
    expect(line?.type).toBe('ADDED');
    expect(line?.object.toString()).toBe('{"a":[1, {"type":"x"}]}');
  });

  test.each(['', 'not json', '{"type":"ADDED"}', '{"type":"OTHER","object":{}}', '{"type":"ADDED","object":{'])(
    'answers undefined to %j',
    (text) => {
      expect(cutWatchLine(Buffer.from(text))).toBeUndefined();
    },
  );

  test('reads bookmarks', () => {
    const end = '{"metadata":{"resourceVersion":"9","annotations":{"k8s.io/initial-events-end":"true"}}}';
    expect(readBookmark(Buffer.from(end))).toEqual({ resourceVersion: '9', initialEventsEnd: true });
    expect(readBookmark(Buffer.from('{"metadata":{"resourceVersion":"9"}}')).initialEventsEnd).toBe(false);
  });
});

describe('classifyStatus', () => {
  const status = (code: number, message = '', reason = '') => ({ code, message, reason, retryAfterSeconds: 0 });

  test.each([
    [status(410), false, 'expired'],
    [status(500, '', 'Expired'), false, 'expired'],
    [status(504, 'Too large resource version: 9, current: 3'), false, 'expired'],
    [status(401), false, 'forbidden'],
    [status(403), true, 'forbidden'],
    [status(404), false, 'unsupported'],
    [status(405), true, 'unsupported'],
    [status(429), true, 'throttled'],
    [status(422, 'sendInitialEvents: Forbidden'), true, 'fallback'],
    [status(400, 'unknown field'), true, 'fallback'],
    [status(500, 'the required storage feature RequestWatchProgress is disabled'), true, 'fallback'],
    [status(400, 'invalid resource version'), false, 'expired'],
    [status(503), true, 'server-error'],
    [status(500), false, 'server-error'],
  ])('%j with streaming %s is %s', (given, streaming, end) => {
    expect(classifyStatus(given, streaming).end).toBe(end);
  });

  test('passes on how long the server asks to wait', () => {
    const body = Buffer.from('{"code":429,"details":{"retryAfterSeconds":7}}');
    expect(classifyStatus(readStatus(body, 429), false).retryAfterMs).toBe(7000);
  });

  test('reads answers that are no Status', () => {
    expect(readStatus(Buffer.from('<html>bad gateway'), 502)).toMatchObject({
      code: 502,
      message: '<html>bad gateway',
    });
    expect(readStatus(Buffer.from('null'), 500).code).toBe(500);
  });
});

test.each([
  ['9', '10', true],
  ['10', '9', false],
  ['10', '10', false],
  ['10', undefined, false],
  ['abc', '10', false],
  ['100', '99999999999999999999', true],
])('isOlderVersion(%s, %s) is %s', (candidate, known, expected) => {
  expect(isOlderVersion(candidate, known)).toBe(expected);
});
