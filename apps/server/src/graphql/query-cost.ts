import { GraphQLError } from 'graphql';
import type { ASTNode, ASTVisitor, SelectionSetNode, ValidationContext, ValidationRule } from 'graphql';

/** Limits of one operation. */
export interface CostLimits {
  /** Fields at the top, aliases included: each can be a query of its own. */
  readonly maxRootFields: number;
  /** Fields in all, with fragments counted wherever they are spread. */
  readonly maxFields: number;
  readonly maxDirectives: number;
}

/** Limits of this server; an introspection query of common clients is within them. */
export const costLimits: CostLimits = { maxRootFields: 10, maxFields: 400, maxDirectives: 50 };

/** A validation rule that refuses operations which would cost too much, before anything is executed. */
export function costRule(limits: CostLimits = costLimits): ValidationRule {
  return (context: ValidationContext): ASTVisitor => {
    let directives = 0;
    return {
      Directive(node) {
        directives += 1;
        if (directives === limits.maxDirectives + 1) report(context, 'directives', node);
      },
      OperationDefinition(node) {
        const roots = countFields(node.selectionSet, context, {
          left: limits.maxRootFields,
          deep: false,
          open: new Set(),
        });
        if (roots.left < 0) report(context, 'top-level fields', node);
        const all = countFields(node.selectionSet, context, { left: limits.maxFields, deep: true, open: new Set() });
        if (all.left < 0) report(context, 'fields', node);
      },
    };
  };
}

interface Count {
  left: number;
  readonly deep: boolean;
  /** Fragments that are being counted: a cycle is refused by another rule, but must not hang this one. */
  readonly open: Set<string>;
}

function countFields(set: SelectionSetNode, context: ValidationContext, count: Count): Count {
  for (const selection of set.selections) {
    if (count.left < 0) return count;
    if (selection.kind === 'Field') {
      count.left -= 1;
      if (count.deep && selection.selectionSet !== undefined) countFields(selection.selectionSet, context, count);
    } else if (selection.kind === 'InlineFragment') countFields(selection.selectionSet, context, count);
    else countSpread(selection.name.value, context, count);
  }
  return count;
}

function countSpread(name: string, context: ValidationContext, count: Count): void {
  const fragment = context.getFragment(name);
  if (fragment === undefined || fragment === null || count.open.has(name)) return;
  count.open.add(name);
  countFields(fragment.selectionSet, context, count);
  count.open.delete(name);
}

function report(context: ValidationContext, what: string, node: ASTNode): void {
  context.reportError(new GraphQLError(`The operation has too many ${what}.`, { nodes: node }));
}
