import { GraphQLError } from 'graphql';
import type { ASTNode, ASTVisitor, SelectionSetNode, ValidationContext, ValidationRule } from 'graphql';

/** Limits of one operation. */
export interface CostLimits {
  /** Fields at the top, aliases included: each can be a query of its own. */
  readonly maxRootFields: number;
  /** Fields in all, with fragments counted wherever they are spread. */
  readonly maxFields: number;
  /** Fields within fields, the first one included; what a type of the schema is made of is one, not many, and free. */
  readonly maxDepth: number;
  readonly maxDirectives: number;
}

/** Limits of this server; an introspection query of common clients is within them. */
export const costLimits: CostLimits = { maxRootFields: 10, maxFields: 400, maxDepth: 8, maxDirectives: 50 };

/** Tokens of a document, so that it is not even parsed when it nests without end. */
export const maxTokens = 1500;

/** A validation rule that refuses operations which would cost too much, before anything is executed. */
export function costRule(limits: CostLimits = costLimits): ValidationRule {
  return (context: ValidationContext): ASTVisitor => {
    let directives = 0;
    const fragments = new Map<string, Size>();
    return {
      Directive(node) {
        directives += 1;
        if (directives === limits.maxDirectives + 1) report(context, 'directives', node);
      },
      OperationDefinition(node) {
        const { roots, fields, depth } = sizeOf(node.selectionSet, context, fragments);
        if (roots > limits.maxRootFields) report(context, 'top-level fields', node);
        if (fields > limits.maxFields) report(context, 'fields', node);
        if (depth > limits.maxDepth) report(context, 'levels', node);
      },
    };
  };
}

interface Size {
  readonly roots: number;
  readonly fields: number;
  readonly depth: number;
}

const nothing: Size = { roots: 0, fields: 0, depth: 0 };

/** Each fragment is measured once, however often it is spread: a few of them can stand for any number of fields. */
function sizeOf(set: SelectionSetNode, context: ValidationContext, fragments: Map<string, Size>): Size {
  return set.selections
    .map((selection) => {
      if (selection.kind === 'FragmentSpread') return sizeOfFragment(selection.name.value, context, fragments);
      const inner = selection.selectionSet === undefined ? nothing : sizeOf(selection.selectionSet, context, fragments);
      if (selection.kind === 'InlineFragment') return inner;
      const level = selection.name.value === 'ofType' ? 0 : 1;
      return { roots: 1, fields: 1 + inner.fields, depth: level + inner.depth };
    })
    .reduce(together, nothing);
}

function sizeOfFragment(name: string, context: ValidationContext, fragments: Map<string, Size>): Size {
  const known = fragments.get(name);
  if (known !== undefined) return known;
  // A cycle is refused by another rule, but must not hang this one.
  fragments.set(name, nothing);
  const fragment = context.getFragment(name) ?? undefined;
  const size = fragment === undefined ? nothing : sizeOf(fragment.selectionSet, context, fragments);
  fragments.set(name, size);
  return size;
}

function together(a: Size, b: Size): Size {
  return { roots: a.roots + b.roots, fields: a.fields + b.fields, depth: Math.max(a.depth, b.depth) };
}

function report(context: ValidationContext, what: string, node: ASTNode): void {
  context.reportError(new GraphQLError(`The operation has too many ${what}.`, { nodes: node }));
}
