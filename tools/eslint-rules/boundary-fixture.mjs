/**
 * Proves that the lint rules that hold the architecture together really fire: with the real configuration, no Nx
 * daemon and a cold project graph, each deliberate violation below must be reported, and the honest import must not.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const coldCache = mkdtempSync(join(tmpdir(), 'nx-cold-'));
process.env.NX_DAEMON = 'false';
process.env.NX_WORKSPACE_DATA_DIRECTORY = coldCache;

const boundaries = '@nx/enforce-module-boundaries';
const imports = '@typescript-eslint/no-restricted-imports';

/** Each text is linted as if it stood in the file; `rule` undefined means that nothing of ours may be reported. */
const cases = [
  {
    file: 'libs/errors/src/index.ts',
    text: "export { createLogger } from '@meshery/observability';\n",
    rule: boundaries,
  },
  { file: 'libs/contracts/src/index.ts', text: "export { errorTable } from '@meshery/errors';\n", rule: boundaries },
  { file: 'libs/config/src/index.ts', text: "export { startOracle } from '@meshery/testing';\n", rule: boundaries },
  { file: 'libs/config/src/index.ts', text: "export { KubeConfig } from '@kubernetes/client-node';\n", rule: imports },
  { file: 'libs/config/src/index.ts', text: 'export const home = process.env.HOME;\n', rule: 'no-restricted-syntax' },
  { file: 'libs/config/src/index.ts', text: "export { isMesheryError } from '@meshery/errors';\n", rule: undefined },
];

async function main() {
  const { ESLint } = await import('eslint');
  const eslint = new ESLint({ cwd: root });
  const failures = [];
  for (const { file, text, rule } of cases) {
    const [result] = await eslint.lintText(text, { filePath: join(root, file) });
    const fired = (result?.messages ?? []).map((message) => message.ruleId ?? message.message);
    const holds = rule === undefined ? !fired.includes(boundaries) && !fired.includes(imports) : fired.includes(rule);
    if (!holds) failures.push(`${file}: wanted ${rule ?? 'no report'}, got ${fired.join(', ') || 'nothing'}: ${text}`);
  }
  if (failures.length > 0) throw new Error(`lint rules that must hold do not:\n${failures.join('')}`);
  console.log(`${String(cases.length)} deliberate imports judged rightly by the lint rules (no daemon, cold graph)`);
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  rmSync(coldCache, { recursive: true, force: true });
}
