import { EventStreamParser, type SentEvent } from './event-stream.ts';

const stream =
  'id: 7\nevent: upsert\ndata: {"a":1}\n\n: comment\n\nid: 8\r\nevent: delete\r\ndata: x\r\ndata: y\r\n\r\n';
const expected = [
  { id: '7', event: 'upsert', data: '{"a":1}' },
  { id: '8', event: 'delete', data: 'x\ny' },
];

test.each([1, 2, 5, 1000])('reads events from chunks of %i characters', (size) => {
  const events: SentEvent[] = [];
  const parser = new EventStreamParser((event) => events.push(event));
  for (let at = 0; at < stream.length; at += size) parser.feed(stream.slice(at, at + size));
  expect(events).toMatchObject(expected);
  expect(events).toHaveLength(2);
});
