import { readFileSync } from 'node:fs';
import { faultMatrix } from './fault-matrix.ts';

test.each(faultMatrix)('$fault has its test', ({ file, test: title }) => {
  const text = readFileSync(new URL(file, import.meta.url), 'utf8');
  expect(text).toContain(`'${title}'`);
  expect(text).not.toMatch(/\b(test|describe)\.(skip|only|todo)\b|\bx(test|describe)\(/);
});
