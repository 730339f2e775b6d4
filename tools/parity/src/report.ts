import type { Proof, Proofs } from './proofs.ts';
import { testKey } from './run-specs.ts';
import { type Route, type Surface, pairOf, pairsOf } from './surface.ts';

/** The contract of `--json`: how many pairs are proven, of how many, and which are not. */
export interface ParityReport {
  readonly implemented: number;
  readonly total: number;
  readonly missing: readonly string[];
}

/** True when the pair has proofs and every one of them passed. */
export function isProven(pair: string, proofs: Proofs, passed: ReadonlySet<string>): boolean {
  const list = proofs[pair] ?? [];
  return list.length > 0 && list.every((proof) => passed.has(testKey(proof)));
}

/** Counts what the run has proven. */
export function makeReport(surface: Surface, proofs: Proofs, passed: ReadonlySet<string>): ParityReport {
  const pairs = pairsOf(surface);
  const missing = pairs.filter((pair) => !isProven(pair, proofs, passed));
  return { implemented: pairs.length - missing.length, total: pairs.length, missing };
}

/** The named tests that did not pass, or are not there at all. */
export function brokenProofs(proofs: Proofs, passed: ReadonlySet<string>): readonly Proof[] {
  const broken = Object.values(proofs).flatMap((list) => list.filter((proof) => !passed.has(testKey(proof))));
  return [...new Map(broken.map((proof) => [testKey(proof), proof])).values()];
}

/** One line for each section, for a terminal. */
export function formatReport(surface: Surface, report: ParityReport): string {
  const missing = new Set(report.missing);
  const lines = surface.sections.map(({ name, routes }) => {
    const proven = routes.filter((route) => !missing.has(pairOf(route))).length;
    return `${`${String(proven)}/${String(routes.length)}`.padStart(7)}  ${name}`;
  });
  return [...lines, `${String(report.implemented)} of ${String(report.total)} published REST routes are proven`].join(
    '\n',
  );
}

/** The page `docs/reference/parity.md`. */
export function formatPage(surface: Surface, proofs: Proofs, report: ParityReport): string {
  const missing = new Set(report.missing);
  const row = (route: Route): string => {
    const pair = pairOf(route);
    const proof = missing.has(pair) ? '' : (proofs[pair] ?? []).map(describeProof).join('<br>');
    return `| ${route.method} | \`${route.path}\` | ${route.auth} | ${proof} |`;
  };
  const sections = surface.sections.map(({ name, routes }) => {
    const proven = routes.filter((route) => !missing.has(pairOf(route))).length;
    const head = `## ${name} (${String(proven)} of ${String(routes.length)})`;
    return [head, '', '| method | path | auth | proven by |', '| --- | --- | --- | --- |', ...routes.map(row)].join(
      '\n',
    );
  });
  return [introduction(report), ...sections, ''].join('\n\n');
}

function introduction({ implemented, total }: ParityReport): string {
  return `# REST routes of published clients

<!-- Written by "npm run parity -- --write"; do not edit. -->

${String(implemented)} of ${String(total)} pairs of method and path are proven. A pair counts only when the tests that
\`tools/parity/proofs\` names for it passed in the run that wrote this page. The route must do its work in the test:
an answer 501 or an empty list proves nothing. \`ANY\` is proven with the methods that clients of that path send.

Column auth: \`public\` needs nobody, \`session\` a signed-in user, \`provider\` a chosen provider, \`provider-policy\` a
session as soon as the server enforces a provider (this server always asks for a session there).`;
}

/** A proof as a page names it. */
export function describeProof({ spec, test }: Proof): string {
  return `${escape(test)} (\`${spec}\`)`;
}

function escape(text: string): string {
  return text.replaceAll('*', '\\*').replaceAll('|', '\\|');
}
