import { systemClock } from '@meshery/observability';
import { brokerContract } from '../testing/broker-contract.ts';
import { InProcessBroker } from './in-process-broker.ts';
import { subjectMatches } from './subject-match.ts';

describe('InProcessBroker', () => {
  const broker = new InProcessBroker({ clock: systemClock, maxPayload: 65_536 });
  brokerContract(() => ({ connect: () => Promise.resolve(broker) }));
});

test.each([
  ['a.*.c', 'a.b.c', true],
  ['a.*', 'a.b.c', false],
  ['a.>', 'a.b.c', true],
  ['a.>', 'a', false],
  ['a', 'a', true],
  ['a.b', 'a', false],
])('%s matches %s: %s', (pattern, subject, expected) => {
  expect(subjectMatches(pattern, subject)).toBe(expected);
});
