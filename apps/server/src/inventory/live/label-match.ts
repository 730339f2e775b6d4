import { sliceMembers } from '@meshery/contracts';

/** True when an object's stored text carries every one of these labels. */
export function labelsMatch(
  json: string,
  wanted: readonly { readonly key: string; readonly value: string }[],
): boolean {
  if (wanted.length === 0) return true;
  const labels = sliceMembers(sliceMembers(json).get('metadata') ?? '{}').get('labels');
  if (labels === undefined || !labels.startsWith('{')) return false;
  const carried = sliceMembers(labels);
  return wanted.every(({ key, value }) => carried.get(key) === JSON.stringify(value));
}
