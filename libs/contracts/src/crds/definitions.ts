import { brokerSpec, brokerStatus } from './broker-crd.ts';
import { meshSyncSpec, meshSyncStatus } from './meshsync-crd.ts';
import type { JsonSchema, Schema } from './schema.ts';

/** API group of our kinds. */
export const meshGroup = 'meshery.io';

/** Versions that are served; the last one is stored. */
export const meshVersions = ['v1alpha1', 'v1alpha2'] as const;

/** Annotation of a Broker or a MeshSync: any new value asks the operator for a probe, answered in `status.probe`. */
export const probeAnnotation = 'meshery.io/probe';

/** A column that `kubectl get` prints. */
interface PrinterColumn {
  readonly name: string;
  readonly type: 'string' | 'integer' | 'date';
  readonly jsonPath: string;
  readonly description?: string;
  /** Above 0: only with `-o wide`. */
  readonly priority?: number;
}

/** One of our kinds. */
interface KindDefinition {
  readonly kind: string;
  readonly plural: string;
  readonly shortNames: readonly string[];
  readonly description: string;
  readonly spec: Schema<unknown>;
  readonly status: Schema<unknown>;
  readonly columns: readonly PrinterColumn[];
}

const ready = '.status.conditions[?(@.type=="Ready")]';

const commonColumns: readonly PrinterColumn[] = [
  { name: 'Ready', type: 'string', jsonPath: `${ready}.status` },
  { name: 'Reason', type: 'string', jsonPath: `${ready}.reason`, priority: 1 },
];

const age: PrinterColumn = { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' };

const kinds: readonly KindDefinition[] = [
  {
    kind: 'Broker',
    plural: 'brokers',
    shortNames: ['br'],
    description: 'A NATS broker, through which the agents of this cluster publish what they find.',
    spec: brokerSpec,
    status: brokerStatus,
    columns: [
      { name: 'Size', type: 'integer', jsonPath: '.spec.size' },
      { name: 'External', type: 'string', jsonPath: '.status.endpoint.external' },
      { name: 'Internal', type: 'string', jsonPath: '.status.endpoint.internal' },
      ...commonColumns,
      age,
    ],
  },
  {
    kind: 'MeshSync',
    plural: 'meshsyncs',
    shortNames: [],
    description: 'The agent that discovers what is in this cluster and publishes it.',
    spec: meshSyncSpec,
    status: meshSyncStatus,
    columns: [{ name: 'Publishing to', type: 'string', jsonPath: '.status.publishing-to' }, ...commonColumns, age],
  },
];

/** A CustomResourceDefinition of apiextensions.k8s.io/v1, as far as we write it. */
export interface CustomResourceDefinition {
  readonly apiVersion: 'apiextensions.k8s.io/v1';
  readonly kind: 'CustomResourceDefinition';
  readonly metadata: { readonly name: string; readonly labels: Readonly<Record<string, string>> };
  readonly spec: {
    readonly group: string;
    readonly names: DefinitionNames;
    readonly scope: 'Namespaced';
    readonly conversion: { readonly strategy: 'None' };
    /** At least one; all with the same schema. */
    readonly versions: readonly [DefinitionVersion, ...DefinitionVersion[]];
  };
}

interface DefinitionNames {
  readonly kind: string;
  readonly listKind: string;
  readonly plural: string;
  readonly singular: string;
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
}

interface DefinitionVersion {
  readonly name: string;
  readonly served: boolean;
  readonly storage: boolean;
  readonly schema: { readonly openAPIV3Schema: JsonSchema };
  readonly subresources: { readonly status: object };
  readonly additionalPrinterColumns: readonly PrinterColumn[];
}

/**
 * The CustomResourceDefinitions of our kinds. All versions have one schema and are converted by their name alone: what
 * was added in v1alpha2 must survive a client that writes through v1alpha1, and no webhook is needed.
 */
export function customResourceDefinitions(): readonly CustomResourceDefinition[] {
  return kinds.map(definitionOf);
}

function definitionOf(definition: KindDefinition): CustomResourceDefinition {
  const { kind, plural, shortNames, columns } = definition;
  const names = {
    kind,
    listKind: `${kind}List`,
    plural,
    singular: kind.toLowerCase(),
    shortNames,
    categories: ['meshery'],
  };
  const version = (name: (typeof meshVersions)[number], storage: boolean): DefinitionVersion => ({
    name,
    served: true,
    storage,
    schema: { openAPIV3Schema: wholeSchema(definition) },
    subresources: { status: {} },
    additionalPrinterColumns: columns,
  });
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${meshGroup}`, labels: { 'app.kubernetes.io/part-of': 'meshery' } },
    spec: {
      group: meshGroup,
      names,
      scope: 'Namespaced',
      conversion: { strategy: 'None' },
      versions: [version('v1alpha1', false), version('v1alpha2', true)],
    },
  };
}

function wholeSchema({ description, spec, status }: KindDefinition): JsonSchema {
  const properties = {
    apiVersion: { type: 'string' },
    kind: { type: 'string' },
    metadata: { type: 'object' },
    spec: { ...spec.json, default: {} },
    status: status.json,
  } as const;
  return { type: 'object', description, properties };
}
