import type { CustomResourceDefinition, JsonSchema } from '@meshery/contracts/crds';

const head = `# Custom resources

Every field of our kinds, written by \`npm run generate\` from \`libs/contracts/src/crds\`. All versions of a kind have the
same fields ([ADR 0012](../adr/0012-one-schema-for-all-versions-of-our-kinds.md)). \`kubectl explain\` says the same.
`;

/** The page that names every field of every kind, with its type, its limits and what it means. */
export function customResourcesSpec(definitions: readonly CustomResourceDefinition[]): string {
  return [head, ...definitions.map(sectionOf)].join('\n');
}

function sectionOf({ spec }: CustomResourceDefinition): string {
  const { schema } = spec.versions[0];
  const { spec: wanted, status } = schema.openAPIV3Schema.properties ?? {};
  return [
    `## ${spec.names.kind}\n`,
    `${schema.openAPIV3Schema.description ?? ''} API group \`${spec.group}\`, versions ${spec.versions.map(({ name }) => `\`${name}\``).join(', ')}.\n`,
    '| field | type | limits | meaning |',
    '| --- | --- | --- | --- |',
    ...rowsOf('spec', wanted),
    ...rowsOf('status', status),
    '',
    ...rulesOf('spec', wanted).map(({ path, message }) => `- \`${path}\`: ${message}.`),
    '',
  ].join('\n');
}

function rowsOf(path: string, schema: JsonSchema | undefined): string[] {
  const members = membersOf(path, schema);
  return members.flatMap(([inner, member]) => [
    `| \`${inner}\` | ${typeOf(member)} | ${cell(limitsOf(member, isNeeded(schema, inner)))} | ${cell(member.description ?? '')} |`,
    ...rowsOf(inner, member),
  ]);
}

function rulesOf(path: string, schema: JsonSchema | undefined): { readonly path: string; readonly message: string }[] {
  const own = (schema?.['x-kubernetes-validations'] ?? []).map(({ message }) => ({ path, message }));
  return [...own, ...membersOf(path, schema).flatMap(([inner, member]) => rulesOf(inner, member))];
}

function membersOf(path: string, schema: JsonSchema | undefined): [string, JsonSchema][] {
  if (schema?.items !== undefined) return membersOf(`${path}[]`, schema.items);
  return Object.entries(schema?.properties ?? {}).map(([name, member]) => [`${path}.${name}`, member]);
}

function typeOf(schema: JsonSchema): string {
  if (schema['x-kubernetes-int-or-string'] === true) return 'quantity';
  if (schema.items !== undefined) return `list of ${typeOf(schema.items)}`;
  if (schema.additionalProperties !== undefined) return `map of ${typeOf(schema.additionalProperties)}`;
  return schema.type ?? 'any';
}

/** Whether an object of this schema is refused without the member at the end of this path. */
function isNeeded(schema: JsonSchema | undefined, path: string): boolean {
  const { items, required = [] } = schema ?? {};
  return items === undefined ? required.some((name) => path.endsWith(`.${name}`)) : isNeeded(items, path);
}

function limitsOf(schema: JsonSchema, needed: boolean): string {
  const { enum: words, minimum, maximum, maxItems, default: fallback } = schema;
  const parts = [
    needed ? 'required' : '',
    words === undefined ? '' : words.map((word) => (word === '' ? 'empty' : word)).join(', '),
    minimum === undefined ? '' : `at least ${String(minimum)}`,
    maximum === undefined ? '' : `at most ${String(maximum)}`,
    maxItems === undefined ? '' : `at most ${String(maxItems)} entries`,
    fallback === undefined ? '' : `default ${JSON.stringify(fallback)}`,
  ];
  return parts.filter((part) => part !== '').join('; ');
}

function cell(text: string): string {
  return text.replaceAll('|', String.raw`\|`).replaceAll('{', String.raw`\{`);
}
