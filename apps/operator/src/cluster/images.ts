/** The images that the operator deploys. */
export interface Images {
  readonly meshsync: string;
  readonly nats: string;
  readonly reloader: string;
  readonly exporter: string;
}
