import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const read = (path: string): string => readFileSync(`${root}${path}`, 'utf8');
const textOf = (pattern: string): string =>
  globSync(pattern, { cwd: root })
    .filter((path) => !path.endsWith('.spec.ts'))
    .map(read)
    .join('\n');

const reconcile = 'libs/kube/src/reconcile/{conditions,outcome}.ts';
const code = [reconcile, 'apps/operator/src/**/*.ts'].map(textOf).join('\n');
const words = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].flatMap(([, word]) => word ?? []);

/** Reasons in the three forms in which the code names them: as a field, after a status, and by the code of an error. */
function reasonsOf(text: string): ReadonlySet<string> {
  const fields = words(text, /\breason: ([^,;\n]+)/g).flatMap((value) => words(value, /'([A-Z][A-Za-z]+)'/g));
  const pairs = words(text, /\[\s*'(?:True|False|Unknown)',\s*'([A-Z][A-Za-z]+)'/g);
  const byCode = words(text, /'meshery-[a-z]+-\d+': '([A-Z][A-Za-z]+)'/g);
  return new Set([...fields, ...pairs, ...byCode]);
}

const reasons = reasonsOf(code);
const types = new Set([...words(code, /\btype: '([A-Z][A-Za-z]+)', status/g), ...words(code, /named\('(\w+)'/g)]);

test('what is looked for is found', () => {
  expect(reasons).toContain('ServersUpdating');
  expect(reasons).toContain('AgentStarting');
  expect(reasons).toContain('AsExpected');
  expect(reasons).toContain('Forbidden');
  expect([...types].toSorted()).toEqual([
    'AgentAnswers',
    'Authorized',
    'BrokerConnected',
    'Configured',
    'Degraded',
    'Encrypted',
    'Progressing',
    'Publishing',
    'Ready',
  ]);
});

describe.each(['docs/guides/troubleshoot.md', 'docs/spec/conditions.md'])('%s', (path) => {
  const page = read(path);

  test('has every type and every reason', () => {
    const missing = [...types, ...reasons].filter((word) => !page.includes(`\`${word}\``));
    expect(missing).toEqual([]);
  });

  test('has no reason that nothing gives', () => {
    const agent = textOf('{apps/meshsync,libs/discovery}/src/**/*.ts');
    const named = page
      .split('\n')
      .flatMap((line) => (line.startsWith('|') ? words(line, /`([A-Z][a-z]+[A-Z]?[A-Za-z]*)`/g) : []));
    const known = (word: string): boolean => reasons.has(word) || types.has(word) || agent.includes(word);
    expect(named.length).toBeGreaterThan(reasons.size);
    expect([...new Set(named)].filter((word) => !known(word))).toEqual([]);
  });
});
