/** Escapes the wildcards of LIKE with a backslash, so that "50%_done" is found as it is written. */
export function likePattern(search: string): string {
  return `%${search.replace(/[\\%_]/g, (character) => `\\${character}`)}%`;
}
