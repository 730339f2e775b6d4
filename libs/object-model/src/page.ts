/** Which rows of a list are asked for. */
export interface PageQuery {
  /** From 0. */
  readonly page: number;
  readonly pageSize: number;
  /** Text that the name or another searchable field contains, whatever its case. */
  readonly search?: string;
  readonly order?: PageOrder;
  /** Where to go on: `next` of a page in the same order. `page` does not count then. */
  readonly after?: string;
}

/** The order of a list: a field that the list allows. */
export interface PageOrder {
  readonly field: string;
  readonly descending: boolean;
}

/** One page of a list. */
export interface Page<Item> {
  readonly page: number;
  readonly pageSize: number;
  /** How many there are on all pages. */
  readonly totalCount: number;
  readonly items: readonly Item[];
  /** Where the next page goes on, whatever is added or removed meanwhile; undefined on the last one, and where lists do not know. */
  readonly next?: string;
}
