import { makePage } from '../web/page-file.ts';
import type { ServedFile } from '../web/page-file.ts';

const style = `:root{background:Canvas;color-scheme:light dark}
body{font:1rem/1.5 system-ui;margin:0 auto;max-width:72rem;padding:1rem}
h2{margin:1.5rem 0 .25rem}p{margin:.25rem 0 .5rem}summary{cursor:pointer;padding:.25rem 0}
summary code{font-weight:600}details>div{border-inline-start:2px solid;margin:.25rem 0 1rem;padding:0 1rem}
label{display:block;margin:.5rem 0}label small{display:block}
input,select,textarea,pre{box-sizing:border-box;font:.9rem/1.4 ui-monospace,monospace;width:100%}
input[type=search]{font:inherit;padding:.5rem}button{font:inherit;padding:.25rem 1rem}
pre{border:1px solid;max-height:30rem;overflow:auto;padding:.5rem;white-space:pre-wrap}`;

/** Everything is made through the DOM: no text of the document, or of an answer, is ever taken for markup. */
const script = `let api;
const by = (id) => document.getElementById(id);
const make = (name, properties, ...children) => {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
};
const resolve = (schema) => {
  const name = schema?.$ref?.split('/').at(-1);
  return name === undefined ? schema : api.components.schemas[name];
};
const sample = (given, depth) => {
  const schema = resolve(given) ?? {};
  const first = (schema.anyOf ?? schema.allOf ?? []).find((each) => each.type !== 'null');
  if (schema.default !== undefined) return schema.default;
  if (schema.enum !== undefined) return schema.enum[0];
  if (schema.type === 'object') {
    const names = Object.keys(schema.properties ?? {}).filter((name) => depth < 4 && !name.includes('_'));
    return Object.fromEntries(names.map((name) => [name, sample(schema.properties[name], depth + 1)]));
  }
  if (schema.type === 'array') return [];
  if (schema.type === 'integer' || schema.type === 'number') return schema.minimum ?? 0;
  if (schema.type === 'boolean') return false;
  if (first !== undefined) return sample(first, depth);
  return '';
};
const fieldOf = ({ name, description, required, schema }) => {
  const choices = schema.enum ?? (schema.type === 'boolean' ? ['true', 'false'] : undefined);
  const options = (choices ?? []).map((choice) => make('option', {}, choice));
  const field = choices === undefined ? make('input', { spellcheck: false })
    : make('select', {}, ...(required ? [] : [make('option', { value: '' }, '')]), ...options);
  Object.assign(field, { name, required: required === true });
  return make('label', {}, name + (required ? ' (needed)' : ''), field, make('small', {}, description ?? ''));
};
const addressOf = (path, parameters, form) => {
  const query = new URLSearchParams();
  let address = path;
  for (const parameter of parameters) {
    const value = form.elements.namedItem(parameter.name).value;
    if (parameter.in === 'path') address = address.replace('{' + parameter.name + '}', encodeURIComponent(value));
    else if (value !== '') query.append(parameter.name, value);
  }
  return query.size === 0 ? address : address + '?' + query;
};
const bodyOf = (type, text, file) => {
  if (type === undefined) return {};
  if (type === 'application/json') return { body: text, headers: { 'content-type': type } };
  const data = new FormData();
  if (file !== undefined) data.append('k8sfile', file);
  return { body: data };
};
const fill = (method, path, operation, inside) => {
  const parameters = operation.parameters ?? [];
  const [type, content] = Object.entries(operation.requestBody?.content ?? {})[0] ?? [];
  const isJson = type === 'application/json';
  const text = JSON.stringify(sample(content?.schema, 0), undefined, 2);
  const area = make('textarea', { rows: 8, spellcheck: false, value: text });
  const upload = make('input', { type: 'file' });
  const answer = make('pre', { tabIndex: 0, hidden: true });
  answer.setAttribute('role', 'status');
  const body = type === undefined ? [] : [make('label', {}, isJson ? 'Body (JSON)' : 'Kubeconfig', isJson ? area : upload)];
  const form = make('form', {}, ...parameters.map(fieldOf), ...body, make('p', {}, make('button', {}, 'Send')));
  const isStream = Object.values(operation.responses).some((each) => each.content?.['text/event-stream']);
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    answer.hidden = false;
    answer.textContent = '...';
    try {
      const response = await fetch(addressOf(path, parameters, form), {
        method, redirect: 'manual', ...bodyOf(type, area.value, upload.files[0]),
      });
      const received = isStream ? '' : await response.text();
      if (isStream) await response.body?.cancel();
      let shown = received;
      try { shown = JSON.stringify(JSON.parse(received), undefined, 2); } catch { /* It is no JSON: shown as it is. */ }
      answer.textContent = (response.status || 'Leads on') + ' ' + response.statusText + '\\n' + shown;
    } catch (error) {
      answer.textContent = String(error);
    }
  });
  const statuses = 'Answers ' + Object.keys(operation.responses).filter((each) => each !== 'default').join(', ') + '.';
  inside.append(make('p', {}, (operation.description ?? '') + ' ' + statuses), form, answer);
};
const show = () => {
  const wanted = by('search').value.toLowerCase().split(' ').filter((word) => word !== '');
  for (const section of by('operations').children) {
    const rows = [...section.querySelectorAll('details')];
    for (const row of rows) row.hidden = !wanted.every((word) => row.dataset.text.includes(word));
    section.hidden = rows.every((row) => row.hidden);
  }
};
const row = (method, path, operation) => {
  const inside = make('div', {});
  const head = make('summary', {}, make('code', {}, method.toUpperCase() + ' ' + path), ' ' + operation.summary);
  const details = make('details', {}, head, inside);
  details.dataset.text = [method, path, operation.summary, ...operation.tags].join(' ').toLowerCase();
  details.addEventListener('toggle', () => { fill(method.toUpperCase(), path, operation, inside); }, { once: true });
  return details;
};
const start = async () => {
  const response = await fetch('/api/openapi.json');
  if (!response.ok) throw new Error('The description of the API was refused: sign in again.');
  api = await response.json();
  const all = Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => [method, path, operation]));
  for (const { name, description } of api.tags) {
    const rows = all.filter(([, , { tags }]) => tags.includes(name)).map((each) => row(...each));
    by('operations').append(make('section', {}, make('h2', {}, name), make('p', {}, description), ...rows));
  }
  by('state').textContent = all.length + ' operations';
};
by('search').addEventListener('input', show);
start().catch((error) => { by('state').textContent = String(error); });`;

/** The page on which the REST API is read and tried; it brings along all it needs. */
export function explorerPage(): ServedFile {
  return makePage(
    Buffer.from(`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>REST API of Meshery</title>
<style>${style}</style></head>
<body><main><h1>REST API</h1>
<p>What is sent from here is sent as whoever is signed in, and changes what it says.
The same for programs: <a href="/api/openapi.json">openapi.json</a>.</p>
<label for="search">Search</label><input id="search" type="search" spellcheck="false">
<p id="state" role="status">...</p>
<div id="operations"></div>
</main><script>${script}</script></body></html>
`),
  );
}
