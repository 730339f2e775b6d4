/** Writes the OpenAPI document of the server to docs/reference/openapi.json. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { root, textOfModule } from './run-from-source.ts';

const file = join(root, 'docs', 'reference', 'openapi.json');
const text = await textOfModule('apps/server/scripts/openapi-text.ts', 'openApiFile');
writeFileSync(file, await format(text, { ...(await resolveConfig(file)), filepath: file }));
