import { RecentLines } from './index.ts';

test('keeps the newest lines that fit, and none that never would', () => {
  const recent = new RecentLines(10);
  for (const line of ['aaaa\n', 'bbbb\n', 'ää\n']) recent.write(line);
  expect(recent.lines).toEqual(['bbbb\n', 'ää\n']);
  recent.write('longer than all\n');
  expect(recent.lines).toEqual(['bbbb\n', 'ää\n']);
});
