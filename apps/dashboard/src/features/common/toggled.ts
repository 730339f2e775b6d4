/** The list with the value added at its end, or taken out where it was in. */
export function toggled(list: readonly string[], value: string): readonly string[] {
  return list.includes(value) ? list.filter((other) => other !== value) : [...list, value];
}
