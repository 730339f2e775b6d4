/** What the last probe found: status.probe of our kinds. */
export interface ProbeResult {
  /** Value of the annotation that asked for it. */
  readonly id: string;
  /** Where it ended. */
  readonly hop: 'operator' | 'meshsync' | 'broker';
  readonly result: 'ok' | 'failed';
  readonly message?: string;
  /** RFC 3339. */
  readonly time: string;
}
