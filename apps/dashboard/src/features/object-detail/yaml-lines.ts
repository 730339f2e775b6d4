/** One piece of a line of YAML; `type` decides its colour. */
export interface YamlToken {
  readonly type: 'plain' | 'key' | 'string' | 'literal';
  readonly text: string;
}

const keyLine =
  /^(\s*(?:- )*)("(?:[^"\\]|\\.)*"|[^\s"'#|>[\]{},][^:]*?|[^\s"'#|>[\]{},](?:[^:]|:(?! |$))*)(:)(?: (.*))?$/;
const literal = /^(?:true|false|null|~|[-+]?[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?)$/;

function valueToken(text: string): YamlToken {
  return { type: literal.test(text) ? 'literal' : 'string', text };
}

/** Splits one line into pieces; a line it does not understand is plain. */
export function yamlTokens(line: string): readonly YamlToken[] {
  const match = keyLine.exec(line);
  if (match === null) return [{ type: 'plain', text: line }];
  const [, indent = '', key = '', colon = '', value] = match;
  const head: YamlToken[] = [
    { type: 'plain', text: indent },
    { type: 'key', text: key },
    { type: 'plain', text: value === undefined ? colon : `${colon} ` },
  ];
  return value === undefined ? head : [...head, valueToken(value)];
}
