import { formatAge } from './age.ts';

const now = Date.parse('2026-06-15T12:00:00Z');

describe('formatAge', () => {
  it.each([
    ['2026-06-15T12:00:00Z', '0s'],
    ['2026-06-15T11:59:18Z', '42s'],
    ['2026-06-15T11:00:01Z', '59m'],
    ['2026-06-14T12:00:00Z', '1d'],
    ['2024-06-14T12:00:00Z', '2y'],
    ['2026-06-15T12:00:09Z', '0s'],
    ['', ''],
    ['yesterday', ''],
  ])('of %s is %s', (moment, expected) => {
    expect(formatAge(moment, now)).toBe(expected);
  });
});
