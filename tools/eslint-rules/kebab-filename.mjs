import { basename } from 'node:path';

const kebab = /^\.?[a-z\d]+(-[a-z\d]+)*(\.[a-z\d]+(-[a-z\d]+)*)*\.(d\.)?[cm]?[jt]sx?$/;

/** File names are words in lower case joined by hyphens, with role suffixes behind dots. */
export const kebabFilename = {
  meta: {
    type: 'suggestion',
    schema: [],
    messages: { notKebab: 'Name this file in kebab-case with a role suffix, such as "designs.controller.ts".' },
  },
  create(context) {
    const name = basename(context.filename);
    if (kebab.test(name)) return {};
    return {
      Program(node) {
        context.report({ node, loc: { line: 1, column: 0 }, messageId: 'notKebab' });
      },
    };
  },
};
