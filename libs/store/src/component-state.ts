/** One of Meshery's own components as it was last known. Times in unix milliseconds, 0 for never. */
export interface ComponentState {
  /** What it is, e.g. "broker". */
  readonly kind: string;
  /** Where it is, e.g. an address; unique among those of its kind. */
  readonly location: string;
  /** The cluster that it runs in or works for; empty when it is of none. */
  readonly clusterId: string;
  /** Empty while unknown. */
  readonly version: string;
  /** True when the last try failed. */
  readonly isFailing: boolean;
  readonly firstNoted: number;
  readonly lastSeen: number;
  /** The last error, also after the component came back; empty before the first. */
  readonly errorCode: string;
  readonly errorMessage: string;
  readonly errorAt: number;
}

/** That a component was there, or why not. */
export interface ComponentSighting {
  readonly kind: string;
  readonly location: string;
  /** Empty leaves what is known, and so does an empty version. */
  readonly clusterId: string;
  readonly version: string;
  /** Unix milliseconds. */
  readonly at: number;
  /** Absent when it was there. */
  readonly error?: { readonly code: string; readonly message: string };
}

/** Which components are kept. */
export interface ComponentLimits {
  /** Those that nothing was noted of since then go; unix milliseconds. */
  readonly before: number;
  /** At most this many stay, those with the newest notes. */
  readonly keep: number;
}

/** Meshery's own components as a store keeps them; a note is no change of the inventory. */
export interface ComponentTable {
  /** Merges what was noted, in order; resolves after the commit. Rejects with `meshery-store-16xx`. */
  note(sightings: readonly ComponentSighting[], limits: ComponentLimits): Promise<void>;
  /** All of them, by kind and location. */
  all(): Promise<readonly ComponentState[]>;
}
