import { customResourceDefinitions } from '@meshery/contracts/crds';
import type { BrokerSpec, MeshSyncSpec } from '@meshery/contracts/crds';
import type { ResourceType, WantedObject } from '@meshery/kube/reconcile';
import type { ControllersConfig } from '@meshery/object-model';
import { operatorManifest } from './generated/operator-manifest.ts';
import { typeOf } from './kinds.ts';

/** Says which connection an object was deployed for: only such objects are ever changed or removed. */
export const deployedForAnnotation = 'meshery.io/deployed-for';

/** One object that is wanted, and where it goes. */
export interface PlacedObject {
  readonly type: ResourceType;
  readonly object: WantedObject;
}

/** What the operator in one cluster is like. */
export interface OperatorSettings {
  /** Id of the connection that it is deployed for. */
  readonly connectionId: string;
  /** Registry and path of the images. */
  readonly imageRegistry: string;
  readonly config: ControllersConfig;
}

/** The registry of the images in the manifest. */
const manifestRegistry = 'localhost/meshery-ts';

/** Everything that is deployed, in the order that it is applied in: what others need comes first. */
export function wantedObjects(settings: OperatorSettings): readonly PlacedObject[] {
  const [namespace, ...rest] = operatorManifest;
  const definitions = customResourceDefinitions().map((definition): WantedObject => ({ ...definition }));
  return [...(namespace === undefined ? [] : [namespace]), ...definitions, ...rest]
    .map((object) => marked(configured(object, settings), settings.connectionId))
    .map((object) => ({ type: typeOf(object), object }));
}

function marked(object: WantedObject, connectionId: string): WantedObject {
  const annotations = { ...object.metadata.annotations, [deployedForAnnotation]: connectionId };
  return { ...object, metadata: { ...object.metadata, annotations } };
}

function configured(object: WantedObject, { imageRegistry, config }: OperatorSettings): WantedObject {
  const spec = object['spec'] as object;
  if (object.kind === 'Broker') return { ...object, spec: { ...spec, ...brokerChanges(config) } };
  if (object.kind === 'MeshSync') return { ...object, spec: { ...spec, ...meshSyncChanges(config) } };
  if (object.kind !== 'Deployment') return object;
  const text = JSON.stringify(object).replaceAll(`"${manifestRegistry}/`, `"${imageRegistry}/`);
  const { version } = config.operator;
  const image = new RegExp(`("${imageRegistry.replaceAll('.', String.raw`\.`)}/operator):[^"]+"`);
  return JSON.parse(version === '' ? text : text.replace(image, `$1:${version}"`)) as WantedObject;
}

function brokerChanges({ broker: { version, replicas, service } }: ControllersConfig): Partial<BrokerSpec> {
  const { type, annotations, loadBalancerClass, loadBalancerSourceRanges, externalEndpointOverride } = service;
  return {
    size: replicas,
    ...(version === '' ? {} : { version }),
    service: {
      type,
      ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
      ...(loadBalancerClass === '' ? {} : { loadBalancerClass }),
      ...(loadBalancerSourceRanges.length === 0 ? {} : { loadBalancerSourceRanges }),
      ...(externalEndpointOverride === '' ? {} : { externalEndpointOverride }),
    },
  };
}

function meshSyncChanges({ meshsync }: ControllersConfig): Partial<MeshSyncSpec> {
  const { version, replicas, watchList, outputNamespaces, outputResources } = meshsync;
  const { redactSecrets, brokerContentDedup, debugLogging } = meshsync;
  const only = watchList.whitelist.map(({ resource, events }) => ({
    resource,
    ...(events.length === 0 ? {} : { events }),
  }));
  const except = watchList.blacklist;
  return {
    size: replicas,
    ...(version === '' ? {} : { version }),
    ...(only.length === 0 ? {} : { watchList: { only } }),
    ...(except.length === 0 ? {} : { watchList: { except } }),
    ...(outputNamespaces.length === 0 ? {} : { namespaces: outputNamespaces }),
    ...(outputResources.length === 0 ? {} : { outputResources }),
    ...(brokerContentDedup ? { contentDedup: true } : {}),
    ...(redactSecrets ? {} : { redaction: { secretKeys: false } }),
    ...(debugLogging ? { logLevel: 'debug' } : {}),
  };
}
