/** Which rows of a list are asked for. */
export interface PageQuery {
  /** From 0. */
  readonly page: number;
  readonly pageSize: number;
  /** Text that the name or another searchable field contains, whatever its case. */
  readonly search?: string;
  readonly order?: PageOrder;
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
}
