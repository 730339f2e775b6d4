import { RateLimit } from './rate-limit.ts';

function limitAt(clock: { now: number }): RateLimit {
  const stopped = { now: () => clock.now, monotonic: () => clock.now, sleep: () => Promise.resolve() };
  return new RateLimit({ clock: stopped, most: 2, windowMs: 1000, message: 'Too many.', remedy: 'Wait.' });
}

test('a peer is refused until its window ends, and no other one with it', () => {
  const clock = { now: 0 };
  const limit = limitAt(clock);
  limit.count('a');
  clock.now = 900;
  limit.count('a');
  expect(() => limit.count('a')).toThrow(expect.objectContaining({ code: 'meshery-core-1005' }));
  expect(() => limit.count('b')).not.toThrow();
  clock.now = 1000;
  expect(() => limit.count('a')).not.toThrow();
});

test('a bounded number of peers is remembered', () => {
  const limit = limitAt({ now: 0 });
  for (let times = 0; times < 2; times += 1) limit.count('first');
  for (let peer = 0; peer < 1000; peer += 1) limit.count(String(peer));
  expect(() => limit.count('first')).not.toThrow();
});
