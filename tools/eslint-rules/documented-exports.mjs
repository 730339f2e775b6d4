const kinds = new Set([
  'FunctionDeclaration',
  'ClassDeclaration',
  'TSInterfaceDeclaration',
  'TSTypeAliasDeclaration',
  'VariableDeclaration',
]);

/** What a library exports says in a doc comment what it is; re-exports and overloads count with their first. */
export const documentedExports = {
  meta: {
    type: 'suggestion',
    schema: [],
    messages: { undocumented: 'Say in a doc comment what "{{name}}" is: shapes and units, errors, lifetime.' },
  },
  create(context) {
    const documented = new Set();
    return {
      ExportNamedDeclaration(node) {
        const { declaration } = node;
        if (!declaration || !kinds.has(declaration.type)) return;
        const name = declaration.id?.name ?? declaration.declarations?.[0]?.id?.name ?? 'this export';
        // Comments stand before the decorators of a class, which belong to the export.
        const first = declaration.decorators?.[0] ?? node;
        const comments = [
          ...context.sourceCode.getCommentsBefore(node),
          ...context.sourceCode.getCommentsBefore(first),
        ];
        const hasDoc = comments.some((comment) => comment.type === 'Block' && comment.value.startsWith('*'));
        if (hasDoc) documented.add(name);
        else if (!documented.has(name)) context.report({ node, messageId: 'undocumented', data: { name } });
      },
    };
  },
};
