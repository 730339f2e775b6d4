import { credentialSchemas } from './credential-schemas.ts';
import type { JsonSchema } from './credential-schemas.ts';
import type { ConnectionStatus, TransitionMap } from './connection-status.ts';
import { clusterLife, followedLife, serverLife } from './transition-maps.ts';

/** A label that tells what a Service of a cluster is. */
export interface ServiceLabel {
  readonly key: string;
  readonly value: string;
}

/** What one kind of connection is: its place in the model, its forms and its life cycle (connections.meshery.io/v1beta3). */
export interface ConnectionDefinition {
  readonly kind: string;
  /** What one is called. */
  readonly name: string;
  readonly description: string;
  readonly type: string;
  readonly subType: string;
  /** JSON schema of the metadata, as the form to fill in. */
  readonly connectionSchema: JsonSchema;
  /** JSON schema of the secret; undefined for kinds that have none. */
  readonly credentialSchema: JsonSchema | undefined;
  readonly transitionMap: TransitionMap;
  /** Status of one that is made without saying which. */
  readonly firstStatus: ConnectionStatus;
  /** Labels of Services that are such servers: any of them; undefined for kinds that are not found in clusters that way. */
  readonly foundBy?: readonly ServiceLabel[];
}

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

const life = { firstStatus: 'discovered', transitionMap: clusterLife } as const;
const managed = { ...life, type: 'platform', subType: 'management', credentialSchema: undefined } as const;

const followed = { ...managed, transitionMap: followedLife } as const;

const definitions: readonly ConnectionDefinition[] = [
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
    kind: 'prometheus',
    name: 'Prometheus',
    description: 'A Prometheus server.',
    type: 'telemetry',
    subType: 'metrics',
    connectionSchema: server('Prometheus server'),
    credentialSchema: credentialSchemas.prometheus,
    transitionMap: serverLife,
    firstStatus: 'registered',
    foundBy: named('prometheus', 'kube-prometheus-stack-prometheus'),
  },
  {
    kind: 'grafana',
    name: 'Grafana',
    description: 'A Grafana server.',
    type: 'telemetry',
    subType: 'metrics',
    connectionSchema: server('Grafana server'),
    credentialSchema: credentialSchemas.grafana,
    transitionMap: serverLife,
    firstStatus: 'registered',
    foundBy: named('grafana'),
  },
  {
    kind: 'github',
    name: 'GitHub',
    description: 'An account or an organization on GitHub.',
    type: 'collaboration',
    subType: 'git',
    connectionSchema: service('GitHub'),
    credentialSchema: credentialSchemas.github,
    transitionMap: serverLife,
    firstStatus: 'registered',
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

const byKind: ReadonlyMap<string, ConnectionDefinition> = new Map(
  definitions.map((definition) => [definition.kind, definition]),
);

/** Every kind of connection that is known, in the order that people are shown them. */
export const connectionDefinitions = definitions;

/** The definition of a kind; undefined for one that is not known. Kinds are told apart without their case. */
export function connectionDefinition(kind: string): ConnectionDefinition | undefined {
  return byKind.get(kind.toLowerCase());
}
