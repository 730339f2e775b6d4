import { makePage } from '../web/page-file.ts';
import type { ServedFile } from '../web/page-file.ts';

const style = `body{font:1rem/1.5 system-ui;margin:0 auto;max-width:72rem;padding:1rem;color-scheme:light dark}
textarea,pre{box-sizing:border-box;width:100%;font:.9rem/1.4 ui-monospace,monospace}
pre{border:1px solid;min-height:12rem;overflow:auto;padding:.5rem;white-space:pre-wrap}`;

const script = `const by = (id) => document.getElementById(id);
const show = (text) => { by('answer').textContent = text; };
async function run() {
  show('...');
  try {
    const variables = by('variables').value.trim();
    const body = JSON.stringify({ query: by('query').value, variables: variables === '' ? {} : JSON.parse(variables) });
    const headers = { 'content-type': 'application/json' };
    const response = await fetch('/api/system/graphql/query', { method: 'POST', headers, body });
    show(JSON.stringify(await response.json(), undefined, 2));
  } catch (error) {
    show(String(error));
  }
}
by('form').addEventListener('submit', (event) => { event.preventDefault(); void run(); });
by('form').addEventListener('keydown', (event) => { if (event.ctrlKey && event.key === 'Enter') void run(); });`;

/** The page for trying GraphQL: a query, its variables, the answer. */
export function playgroundPage(): ServedFile {
  return makePage(
    Buffer.from(`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>GraphQL of Meshery</title>
<style>${style}</style></head>
<body><main><h1>GraphQL</h1>
<form id="form">
<p><label for="query">Query</label><textarea id="query" rows="12" spellcheck="false">{ clusters { id } }</textarea></p>
<p><label for="variables">Variables (JSON)</label><textarea id="variables" rows="4" spellcheck="false"></textarea></p>
<p><button type="submit">Run (Ctrl+Enter)</button></p>
</form>
<h2 id="answer-title">Answer</h2>
<pre id="answer" role="status" aria-labelledby="answer-title" tabindex="0"></pre>
</main><script>${script}</script></body></html>
`),
  );
}
