import type { ConnectionDefinitionDraft, ServiceLabel } from './connection-definition.ts';
import { credentialSchemas } from './credential-schemas.ts';
import type { JsonSchema } from './credential-schemas.ts';
import { clusterLife, followedLife, serverLife } from './transition-maps.ts';

const server = (title: string): JsonSchema => ({
  type: 'object',
  title,
  required: ['url'],
  properties: {
    name: { type: 'string', title: 'Name' },
    url: {
      type: 'string',
      title: 'URL',
      format: 'uri',
      description: 'Address of the server, with http:// or https://.',
    },
  },
});

const service = (title: string): JsonSchema => ({
  type: 'object',
  title,
  properties: { name: { type: 'string', title: 'Name' }, url: { type: 'string', title: 'Address' } },
});

/** Charts and manifests name what they install under one of these keys. */
const named = (...values: readonly string[]): readonly ServiceLabel[] =>
  ['app.kubernetes.io/name', 'app'].flatMap((key) => values.map((value) => ({ key, value })));

const always = { version: 'v1.0.0', foundBy: [], styles: {}, metadata: {} };
const life = { ...always, firstStatus: 'discovered', transitionMap: clusterLife } as const;
const served = { ...always, firstStatus: 'registered', transitionMap: serverLife } as const;
const managed = { ...life, type: 'platform', subType: 'management', credentialSchema: null } as const;

const followed = { ...managed, transitionMap: followedLife } as const;

/** The kinds of connections that the server itself knows, in the order that people are shown them. */
export const builtInConnectionDefinitions: readonly ConnectionDefinitionDraft[] = [
  {
    ...life,
    kind: 'kubernetes',
    name: 'Kubernetes',
    description: 'A Kubernetes cluster.',
    type: 'platform',
    subType: 'orchestration',
    connectionSchema: service('Kubernetes cluster'),
    credentialSchema: credentialSchemas.kubernetes,
  },
  {
    ...served,
    kind: 'prometheus',
    name: 'Prometheus',
    description: 'A Prometheus server.',
    type: 'telemetry',
    subType: 'metrics',
    connectionSchema: server('Prometheus server'),
    credentialSchema: credentialSchemas.prometheus,
    foundBy: named('prometheus', 'kube-prometheus-stack-prometheus'),
  },
  {
    ...served,
    kind: 'grafana',
    name: 'Grafana',
    description: 'A Grafana server.',
    type: 'telemetry',
    subType: 'metrics',
    connectionSchema: server('Grafana server'),
    credentialSchema: credentialSchemas.grafana,
    foundBy: named('grafana'),
  },
  {
    ...served,
    kind: 'github',
    name: 'GitHub',
    description: 'An account or an organization on GitHub.',
    type: 'collaboration',
    subType: 'git',
    connectionSchema: service('GitHub'),
    credentialSchema: credentialSchemas.github,
  },
  {
    ...managed,
    kind: 'meshery',
    name: 'Meshery',
    description: 'A Meshery server.',
    connectionSchema: service('Meshery'),
  },
  { ...managed, kind: 'adapter', name: 'Adapter', description: 'An adapter.', connectionSchema: service('Adapter') },
  {
    ...followed,
    kind: 'operator',
    name: 'Operator',
    description: 'An operator.',
    connectionSchema: service('Operator'),
  },
  {
    ...followed,
    kind: 'meshsync',
    name: 'MeshSync',
    description: 'A MeshSync.',
    connectionSchema: service('MeshSync'),
  },
  {
    ...followed,
    kind: 'broker',
    name: 'Broker',
    description: 'A broker.',
    connectionSchema: service('Broker'),
    credentialSchema: credentialSchemas.broker,
  },
];
