/** A page of a list that is paged by number. */
export interface NumberedPage {
  readonly page: number;
  readonly pageSize: number;
  readonly totalCount: number;
}

/** Every page of a list that is paged by number, read one after the other while they are taken. */
export async function* numberedPages<Page extends NumberedPage>(
  read: (page: number) => Promise<Page>,
): AsyncGenerator<Page> {
  for (let number = 0; ; number += 1) {
    const answer = await read(number);
    yield answer;
    if ((number + 1) * answer.pageSize >= answer.totalCount) return;
  }
}

/** Every page of a list that is paged by position: what is added or removed meanwhile shifts nothing. */
export async function* keysetPages<Position extends string | number, Page extends { readonly next?: Position }>(
  read: (after: Position | undefined) => Promise<Page>,
): AsyncGenerator<Page> {
  for (let after: Position | undefined; ;) {
    const answer: Page = await read(after);
    yield answer;
    after = answer.next;
    if (after === undefined) return;
  }
}
