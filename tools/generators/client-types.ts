/** Writes the types of libs/client from docs/reference/openapi.json. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import openapiTypes, { astToString } from 'openapi-typescript';
import type { OpenAPI3 } from 'openapi-typescript';
import { root } from './run-from-source.ts';

const document = join(root, 'docs', 'reference', 'openapi.json');
const file = join(root, 'libs', 'client', 'src', 'generated', 'openapi.ts');
const types = await openapiTypes(JSON.parse(readFileSync(document, 'utf8')) as OpenAPI3, {
  emptyObjectsUnknown: true,
});
mkdirSync(dirname(file), { recursive: true });
writeFileSync(
  file,
  `/** Written by "npm run generate" from docs/reference/openapi.json; do not edit. */\n${astToString(types)}`,
);
