import { Document, type ScalarTag } from 'yaml';
import { ExactNumber } from './lossless-json.ts';

/** Writes exact numbers digit for digit, without quotes or a tag. */
const exactNumberTag: ScalarTag = {
  tag: 'tag:yaml.org,2002:float',
  default: true,
  identify: (value) => value instanceof ExactNumber,
  // Only for writing: nothing is ever read with this tag.
  test: /^\b$/,
  resolve: (text) => text,
  stringify: (item) => String(item.value),
};

/** The value as YAML in the form kubectl prints: no anchors, no folded lines. */
export function toYaml(value: unknown): string {
  const document = new Document(value, {
    customTags: (tags) => [exactNumberTag, ...tags],
    aliasDuplicateObjects: false,
    version: '1.1',
  });
  return document.toString({ lineWidth: 0, indentSeq: false });
}
