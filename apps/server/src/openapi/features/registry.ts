import { ownConnectionDefinition } from '@meshery/object-model';
import { annotationChoices, modelStatuses, sortedBy } from '../../registry/read/registry-query.ts';
import { connectionDefinition, registryPages } from '../answers/registry.ts';
import { choiceParameter, flagParameter, idParameter, listParameters, named, textParameter } from '../description.ts';
import type { Feature, Parameter } from '../description.ts';

type Rows = keyof typeof registryPages;

const bases = ['/api/registry', '/api/meshmodels'] as const;
const version = textParameter('version', 'Only of models that define this version.');
const annotations = choiceParameter('annotations', 'What is only drawn: along, alone, or left out.', annotationChoices);
const trim = flagParameter('trim', 'Without the schemas of components.');
const subType = textParameter('subType', 'Only with this subtype.');

const ofKind = [
  version,
  textParameter('kind', 'Only of this kind.'),
  textParameter('type', 'Only of this type.'),
  subType,
];

const own: Readonly<Record<Rows, readonly Parameter[]>> = {
  models: [
    ...[version, annotations, trim, idParameter('id', 'Only the model with this id.')],
    choiceParameter('status', 'Only with this status.', modelStatuses),
    textParameter('registrant', 'Only what this registrant brought: its id, kind or name.'),
    flagParameter('components', 'With the components of each model.'),
    flagParameter('relationships', 'With the relationships of each model.'),
  ],
  components: [version, annotations, trim, textParameter('apiVersion', 'Only of this API version.')],
  relationships: ofKind,
  policies: [version, subType],
  connectionDefinitions: ofKind,
  categories: [],
  registrants: [],
};

const routes: Readonly<Record<string, readonly [summary: string, rows: Rows]>> = {
  models: ['List models', 'models'],
  'models/:model': ['List the models of a name', 'models'],
  'models/:model/components': ['List the components of a model', 'components'],
  'models/:model/components/:name': ['List the components of a model that are of a kind', 'components'],
  'models/:model/relationships': ['List the relationships of a model', 'relationships'],
  'models/:model/relationships/:name': ['List the relationships of a model that are of a kind', 'relationships'],
  'models/:model/policies': ['List the policies of a model', 'policies'],
  'models/:model/policies/:name': ['List the policies of a model that are of a kind', 'policies'],
  categories: ['List the categories of models', 'categories'],
  'categories/:category': ['List the category of a name', 'categories'],
  'categories/:category/models': ['List the models of a category', 'models'],
  'categories/:category/models/:model': ['List the models of a category that have a name', 'models'],
  'categories/:category/models/:model/components': ['List the components of a model of a category', 'components'],
  'categories/:category/models/:model/components/:name': [
    'List the components of a model of a category that are of a kind',
    'components',
  ],
  'categories/:category/components': ['List the components of a category', 'components'],
  'categories/:category/components/:name': ['List the components of a category that are of a kind', 'components'],
  components: ['List components', 'components'],
  'components/:name': ['List the components of a kind', 'components'],
  relationships: ['List relationships', 'relationships'],
  connections: ['List kinds of connections', 'connectionDefinitions'],
  registrants: ['List who brought definitions in, and how many', 'registrants'],
};

const olderRoutes: typeof routes = {
  'models/:model/policies:name': ['List the policies of a model that are of a kind, as older clients ask', 'policies'],
};

function described(base: string, paths = routes): Feature['routes'] {
  const entries = Object.entries(paths).map(([path, [summary, rows]]) => {
    const query = [...listParameters(sortedBy[rows]), ...own[rows]];
    return [`GET ${base}/${path}`, { summary, query, answer: registryPages[rows] }] as const;
  });
  return Object.fromEntries(entries);
}

const ownDefinition = named('ConnectionDefinitionDraft', ownConnectionDefinition);

function definitions(base: string): Feature['routes'] {
  return {
    [`POST ${base}/connections`]: {
      summary: 'Register a kind of connection',
      body: ownDefinition,
      answer: connectionDefinition,
    },
    [`PUT ${base}/connections/:connectionDefinitionId`]: {
      summary: 'Change a kind of connection',
      body: ownDefinition,
      answer: connectionDefinition,
    },
    [`DELETE ${base}/connections/:connectionDefinitionId`]: { summary: 'Remove a kind of connection' },
    [`GET ${base}/connections/:connectionDefinitionId`]: {
      summary: 'Read a kind of connection',
      answer: connectionDefinition,
    },
  };
}

/** Models and what is in them. */
export const registry: Feature = {
  tag: 'Registry',
  about: 'Models with their components, relationships, policies and kinds of connections, and who brought them.',
  routes: {
    ...described(bases[0]),
    ...definitions(bases[0]),
    ...described(bases[1]),
    ...definitions(bases[1]),
    ...described(bases[1], olderRoutes),
  },
};
