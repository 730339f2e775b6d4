import { publishedId } from '@meshery/contracts';
import { modelOf } from '@meshery/store';
import type { ObjectHead, ObjectPage } from '@meshery/store';
import { getArgumentValues, getVariableValues } from 'graphql';
import type { FieldNode, GraphQLResolveInfo, SelectionSetNode } from 'graphql';
import type { ResourcesArgs } from '../resource.dto.ts';

/** How one document is answered that asks for a page of objects and nothing else. */
export interface PagePlan {
  /** Undefined where GraphQL would refuse these variables. */
  readonly args: (variables: Readonly<Record<string, unknown>>) => ResourcesArgs | undefined;
  /** The answer, with the fields named and ordered as they were asked for. */
  readonly answer: (page: ObjectPage) => object;
}

/** The value of a field, ready for JSON. */
type Reader<Source> = (source: Source) => unknown;

/** Fields that a page knows without the stored text; one that is not here has no plan. */
const rowReaders: Readonly<Record<string, Reader<ObjectHead>>> = {
  __typename: () => 'Resource',
  id: publishedId,
  apiVersion: (head) => head.apiVersion,
  kind: (head) => head.kind,
  model: (head) => modelOf(head.apiVersion),
  clusterId: (head) => head.clusterId,
  name: (head) => head.name,
  namespace: (head) => (head.namespace === '' ? null : head.namespace),
  uid: (head) => head.uid,
  resourceVersion: (head) => head.resourceVersion,
  creationTimestamp: (head) => (head.creationTimestamp === '' ? null : head.creationTimestamp),
  staleSince: (head) => head.staleSince ?? null,
};

const pageReaders: Readonly<Record<string, Reader<ObjectPage>>> = {
  __typename: () => 'ResourcePage',
  totalCount: (page) => page.totalCount,
  seq: (page) => String(page.seq),
  next: (page) => page.next ?? null,
};

/**
 * The plan of an operation that was validated and is being answered; undefined for one that needs an executor: several
 * fields at the top, fragments, directives, a name that is given twice, texts of objects.
 */
export function planOf({ schema, operation, parentType, fieldName }: GraphQLResolveInfo): PagePlan | undefined {
  const [node, ...others] = plainFields(operation.selectionSet) ?? [];
  const field = parentType.getFields()[fieldName];
  const page = node?.selectionSet === undefined ? undefined : objectReader(node.selectionSet, pageReader);
  const isPlain = others.length === 0 && (operation.directives ?? []).length === 0;
  if (node === undefined || field === undefined || page === undefined || !isPlain) return undefined;
  const name = keyOf(node);
  return {
    args: (variables) => {
      const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
      return coerced === undefined ? undefined : (getArgumentValues(field, node, coerced) as unknown as ResourcesArgs);
    },
    answer: (found) => ({ data: { [name]: page(found) } }),
  };
}

function pageReader({ name, selectionSet }: FieldNode): Reader<ObjectPage> | undefined {
  if (name.value !== 'resources') return pageReaders[name.value];
  const row = selectionSet && objectReader(selectionSet, (field) => rowReaders[field.name.value]);
  return row && ((page) => page.rows.map(row));
}

/** Reads these fields into an object; undefined when one of them cannot be read. */
function objectReader<Source>(
  set: SelectionSetNode,
  readerOf: (field: FieldNode) => Reader<Source> | undefined,
): Reader<Source> | undefined {
  const fields = plainFields(set);
  const parts = fields?.flatMap((field) => {
    const read = readerOf(field);
    return read === undefined ? [] : [{ key: keyOf(field), read }];
  });
  if (parts === undefined || parts.length !== fields?.length) return undefined;
  return (source) => {
    const made: Record<string, unknown> = {};
    for (const { key, read } of parts) made[key] = read(source);
    return made;
  };
}

/** The fields of a selection that has nothing but fields, each under a name of its own; else undefined. */
function plainFields({ selections }: SelectionSetNode): readonly FieldNode[] | undefined {
  const fields = selections.flatMap((each) => (each.kind === 'Field' && isPlain(each) ? each : []));
  return new Set(fields.map(keyOf)).size === selections.length ? fields : undefined;
}

/** A property of this name is not one of the object that it is set on. */
function isPlain(field: FieldNode): boolean {
  return (field.directives ?? []).length === 0 && keyOf(field) !== '__proto__';
}

function keyOf({ alias, name }: FieldNode): string {
  return (alias ?? name).value;
}
