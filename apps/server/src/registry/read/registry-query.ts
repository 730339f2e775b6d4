import { recordId } from '@meshery/object-model';
import type { PageQuery } from '@meshery/object-model';
import { parsePageQuery } from '../../rest/page-request.ts';
import { badParameter, flag, single } from '../../rest/query-values.ts';
import type { RawQuery } from '../../rest/query-values.ts';

const listed = ['createdAt', 'updatedAt'] as const;
const byName = { field: 'displayName', descending: false } as const;
const byKind = { field: 'kind', descending: false } as const;

/** What the lists of the registry can be sorted by. */
export const sortedBy = {
  models: ['name', 'displayName', 'version', 'modelVersion', 'status', ...listed],
  components: ['displayName', 'kind', 'apiVersion', 'version', ...listed],
  relationships: ['kind', 'type', 'subType', 'version', ...listed],
  policies: ['kind', 'subType', 'version', ...listed],
  connectionDefinitions: ['name', 'kind', 'type', 'subType', 'version', ...listed],
  categories: ['name', ...listed],
  registrants: ['name', 'kind', ...listed],
} as const;

/** Which annotations a list has: all that is there, only them, or all others. */
export const annotationChoices = ['include', 'true', 'false'] as const;

/** Values of `status` of a model. */
export const modelStatuses = ['enabled', 'ignored', 'duplicate'] as const;

/** Which models are meant; what is left out means all. */
export interface ModelSelection {
  readonly name?: string;
  readonly category?: string;
  /** Of what the model defines. */
  readonly version?: string;
  readonly id?: string;
  readonly status?: (typeof modelStatuses)[number];
  /** Id, kind or name of who brought it. */
  readonly registrant?: string;
}

/** A list of models. */
export interface ModelQuery {
  readonly models: ModelSelection;
  readonly page: PageQuery;
  readonly isAnnotation: boolean | undefined;
  /** What is answered within each model. */
  readonly components: boolean;
  readonly relationships: boolean;
  readonly trim: boolean;
}

/** A list of components. */
export interface ComponentQuery {
  readonly models: ModelSelection;
  readonly page: PageQuery;
  readonly isAnnotation: boolean | undefined;
  readonly kind?: string;
  readonly apiVersion?: string;
  /** Without the schemas. */
  readonly trim: boolean;
}

/** A list of relationships, of policies or of kinds of connections. */
export interface RuleQuery {
  readonly models: ModelSelection;
  readonly page: PageQuery;
  readonly kind?: string;
  readonly type?: string;
  readonly subType?: string;
}

/** What the path says. */
export interface PathNames {
  readonly model?: string;
  readonly category?: string;
  readonly name?: string;
}

/** Reads what is asked of models. Throws `meshery-core-1001` that names what is wrong. */
export function parseModelQuery(raw: RawQuery, path: PathNames = {}): ModelQuery {
  return {
    models: { ...selection(raw, path), ...ownSelection(raw) },
    page: parsePageQuery(raw, { sorted: sortedBy.models, defaultOrder: byName }),
    isAnnotation: annotations(raw),
    components: flag(raw, 'components'),
    relationships: flag(raw, 'relationships'),
    trim: flag(raw, 'trim'),
  };
}

/** Reads what is asked of components, as `parseModelQuery` does. */
export function parseComponentQuery(raw: RawQuery, path: PathNames = {}): ComponentQuery {
  return {
    models: selection(raw, path),
    page: parsePageQuery(raw, { sorted: sortedBy.components, defaultOrder: byName }),
    isAnnotation: annotations(raw),
    ...given('kind', pathName(path.name, 'name')),
    ...given('apiVersion', single(raw, 'apiVersion', 'api_version')),
    trim: flag(raw, 'trim'),
  };
}

/** Reads what is asked of relationships, as `parseModelQuery` does. */
export function parseRelationshipQuery(raw: RawQuery, path: PathNames = {}): RuleQuery {
  const kind = pathName(path.name, 'name') ?? single(raw, 'kind');
  const query = { ...given('kind', kind), ...given('type', single(raw, 'type')) };
  return { ...ruleQuery(raw, path, sortedBy.relationships), ...query };
}

/** Reads what is asked of kinds of connections, as `parseModelQuery` does. */
export function parseDefinitionQuery(raw: RawQuery): RuleQuery {
  // Kinds are told apart without their case.
  const kind = single(raw, 'kind')?.toLowerCase();
  const query = { ...given('kind', kind), ...given('type', single(raw, 'type')) };
  return { ...ruleQuery(raw, {}, sortedBy.connectionDefinitions), ...query };
}

/** Reads what is asked of policies, as `parseModelQuery` does. */
export function parsePolicyQuery(raw: RawQuery, path: PathNames = {}): RuleQuery {
  return { ...ruleQuery(raw, path, sortedBy.policies), ...given('kind', pathName(path.name, 'name')) };
}

/** Reads what is asked of categories or registrants, as `parseModelQuery` does. */
export function parseNamedQuery(raw: RawQuery, rows: 'categories' | 'registrants'): PageQuery {
  return parsePageQuery(raw, { sorted: sortedBy[rows], defaultOrder: { field: 'name', descending: false } });
}

/** A name in a path; nothing that is longer or holds the character 0 is looked up. */
export function pathName(value: string | undefined, parameter: string): string | undefined {
  return single(value === undefined ? {} : { [parameter]: value }, parameter);
}

function ruleQuery(raw: RawQuery, path: PathNames, sorted: readonly string[]): RuleQuery {
  return {
    models: selection(raw, path),
    page: parsePageQuery(raw, { sorted, defaultOrder: byKind }),
    ...given('subType', single(raw, 'subType', 'sub_type', 'subtype')),
  };
}

function selection(raw: RawQuery, path: PathNames): ModelSelection {
  return {
    ...given('name', pathName(path.model, 'model')),
    ...given('category', pathName(path.category, 'category')),
    ...given('version', single(raw, 'version')),
  };
}

function ownSelection(raw: RawQuery): ModelSelection {
  const id = single(raw, 'id') ?? '';
  if (id !== '' && !recordId.safeParse(id).success) throw badParameter('id', 'must be a UUID');
  const asked = single(raw, 'status') ?? '';
  const status = modelStatuses.find((each) => each === asked);
  if (asked !== '' && status === undefined) throw badParameter('status', `knows only ${modelStatuses.join(', ')}`);
  return {
    ...given('id', id.toLowerCase()),
    ...(status === undefined ? {} : { status }),
    ...given('registrant', single(raw, 'registrant')),
  };
}

function annotations(raw: RawQuery): boolean | undefined {
  const asked = single(raw, 'annotations') ?? '';
  if (asked === '' || asked === 'include') return undefined;
  if (asked === 'true' || asked === 'false') return asked === 'true';
  throw badParameter('annotations', `knows only ${annotationChoices.join(', ')}`);
}

function given<Name extends string>(name: Name, value: string | undefined): Partial<Record<Name, string>> {
  return value === undefined || value === '' ? {} : ({ [name]: value } as Record<Name, string>);
}
