/** What a check expects of a provider, and who says so. */
export interface Expectation {
  readonly expected: string;
  readonly reference: string;
}
