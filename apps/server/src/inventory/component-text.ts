import { publishedId, sliceMembers } from '@meshery/contracts';
import { componentSchemaVersion, inBothSpellings } from '@meshery/object-model';
import { modelOf } from '@meshery/store';
import type { StoredObject } from '@meshery/store';
import type { ComponentDefinition } from '../registry/read/component-definitions.ts';

/** Members of an object that are not a part of its configuration: what it is, and how it is. */
const notConfigured: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'status']);

/**
 * Writes one discovered object as a component of a design (components.meshery.io/v1beta3): `configuration` is what was
 * asked of the cluster, `metadata.instanceDetails` what became of it. Both are slices of the stored text: numbers keep
 * every digit.
 */
export function componentText(object: StoredObject, definition: ComponentDefinition | undefined): string {
  const members = sliceMembers(object.json);
  const configuration = [...members].filter(([name]) => !notConfigured.has(name));
  const form = definition === undefined ? unregistered(object) : registered(definition);
  const fields = inBothSpellings({ id: publishedId(object), displayName: object.name, ...form });
  return objectText([
    ...Object.entries(fields).map(([name, value]) => [name, JSON.stringify(value)] as const),
    ['metadata', metadataText(object, definition?.component.metadata ?? {}, members.get('status'))],
    ['configuration', objectText(configuration)],
  ]);
}

function registered({ component, schema, model, modelReference }: ComponentDefinition): object {
  const { kind, apiVersion, version, description, format, status, styles, capabilities } = component;
  const fields = { schemaVersion: componentSchemaVersion, version, description, format, status, styles, capabilities };
  return { ...fields, component: { kind, version: apiVersion, schema }, model, modelReference };
}

/** What is known of a kind that nobody registered. */
function unregistered({ kind, apiVersion }: StoredObject): object {
  const model = { name: modelOf(apiVersion) };
  return {
    ...{ schemaVersion: componentSchemaVersion, version: 'v1.0.0', description: '', format: 'JSON', status: 'enabled' },
    ...{ styles: {}, capabilities: [], component: { kind, version: apiVersion, schema: '' } },
    ...{ model, modelReference: model },
  };
}

function metadataText(object: StoredObject, defined: object, status: string | undefined): string {
  const { clusterId, uid, resourceVersion, namespace, staleSince } = object;
  const details = Object.entries({ clusterId, uid, resourceVersion, staleSince });
  const known = details.flatMap(([name, value]) =>
    value === undefined ? [] : [[name, JSON.stringify(value)] as const],
  );
  const own = Object.entries({ ...defined, isNamespaced: namespace !== '' });
  return objectText([
    ...own.map(([name, value]) => [name, JSON.stringify(value)] as const),
    ['instanceDetails', objectText(status === undefined ? known : [...known, ['status', status]])],
  ]);
}

/** A JSON object of members whose values are JSON text. */
function objectText(members: readonly (readonly [name: string, text: string])[]): string {
  return `{${members.map(([name, text]) => `${JSON.stringify(name)}:${text}`).join(',')}}`;
}
