import { ChangeLedger } from './change-ledger.ts';

const write = (uid: string, resourceVersion: string, acceptedAt: number) => ({
  uid,
  resourceVersion,
  sentAt: acceptedAt - 1,
  acceptedAt,
});

test('gives the delay of each write, and a state that was left out counts as seen with the next', () => {
  const ledger = new ChangeLedger();
  ledger.wrote(write('a', '9', 100));
  ledger.wrote(write('a', '10', 200));
  ledger.wrote(write('b', '11', 300));
  ledger.saw({ uid: 'a', resourceVersion: '10', at: 250 });
  ledger.saw({ uid: 'b', resourceVersion: '11', at: 299 });
  expect(ledger.delays('acceptedAt')).toEqual({ delays: [150, 50, -1], lost: 0, skipped: 1 });
  expect(ledger.delays('sentAt').delays).toEqual([151, 51, 0]);
  expect(ledger.behind).toBe(0);
  expect(ledger.caughtUpAt).toBe(299);
});

test('a last state that was never seen is lost', () => {
  const ledger = new ChangeLedger();
  ledger.wrote(write('a', '1', 100));
  ledger.wrote(write('a', '2', 200));
  ledger.saw({ uid: 'a', resourceVersion: '1', at: 150 });
  expect(ledger.delays('acceptedAt')).toMatchObject({ delays: [50], lost: 1 });
  expect(ledger.behind).toBe(1);
});
