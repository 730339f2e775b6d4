import { latencies, median, round } from './stats.ts';

test.each([
  [[3], 3],
  [[4, 1], 2.5],
  [[9, 1, 5], 5],
])('the median of %j is %d', (values, expected) => {
  expect(median(values)).toBe(expected);
});

test('percentiles are those by rank', () => {
  const samples = Array.from({ length: 1000 }, (_, index) => 1000 - index);
  expect(latencies(samples)).toEqual({ count: 1000, min: 1, p50: 500, p90: 900, p99: 990, p999: 999, max: 1000 });
});

test('numbers are rounded to what is printed', () => {
  expect(round(1.23456)).toBe(1.235);
});
