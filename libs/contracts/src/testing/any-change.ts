import fc from 'fast-check';
import type { ObjectChange } from '../generated/meshery/ingest/v1/ingest.ts';

/** Changes of which every field is any of these texts, for property tests. */
export function anyChange(text: fc.Arbitrary<string>, json: fc.Arbitrary<string> = text): fc.Arbitrary<ObjectChange> {
  return fc.record({
    type: fc.constantFrom(0 as const, 1 as const, 2 as const),
    uid: text,
    apiVersion: text,
    kind: text,
    namespace: text,
    name: text,
    resourceVersion: text,
    creationTimestamp: text,
    labels: fc.dictionary(text, text, { maxKeys: 4, noNullPrototype: true }),
    json,
  });
}
