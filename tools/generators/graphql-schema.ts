/** Writes the GraphQL schema of the server to docs/reference/schema.graphql. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, textOfModule } from './run-from-source.ts';

const text = await textOfModule('apps/server/scripts/schema-text.ts', 'schemaText');
writeFileSync(join(root, 'docs', 'reference', 'schema.graphql'), text);
