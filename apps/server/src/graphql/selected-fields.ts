import type { GraphQLResolveInfo, SelectionSetNode } from 'graphql';

/** True when the selection below a field, fragments included, names one of these fields anywhere. */
export function selectsAny(info: GraphQLResolveInfo, names: ReadonlySet<string>): boolean {
  return info.fieldNodes.some((node) => node.selectionSet !== undefined && below(node.selectionSet, info, names));
}

function below(set: SelectionSetNode, info: GraphQLResolveInfo, names: ReadonlySet<string>): boolean {
  return set.selections.some((selection) => {
    if (selection.kind === 'Field') {
      if (names.has(selection.name.value)) return true;
      return selection.selectionSet !== undefined && below(selection.selectionSet, info, names);
    }
    const fragment = selection.kind === 'InlineFragment' ? selection : info.fragments[selection.name.value];
    return fragment !== undefined && below(fragment.selectionSet, info, names);
  });
}
