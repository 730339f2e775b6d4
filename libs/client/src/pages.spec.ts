import { keysetPages, numberedPages } from './pages.ts';

test('numbered pages are read until all rows were on one, and no further', async () => {
  const asked: number[] = [];
  const read = (page: number) => {
    asked.push(page);
    return Promise.resolve({ page, pageSize: 2, totalCount: 4 });
  };
  const pages = [];
  for await (const page of numberedPages(read)) pages.push(page);
  expect([asked, pages.length]).toEqual([[0, 1], 2]);
  for await (const page of numberedPages(read)) if (page.page === 0) break;
  expect(asked).toEqual([0, 1, 0]);
});

test('pages by position go on with what the page before says', async () => {
  const next: Readonly<Record<string, string>> = { '': 'a', a: 'b' };
  const asked: (string | undefined)[] = [];
  const pages = keysetPages((after: string | undefined) => {
    asked.push(after);
    const position = next[after ?? ''];
    return Promise.resolve(position === undefined ? {} : { next: position });
  });
  for await (const page of pages) expect(page).toBeDefined();
  expect(asked).toEqual([undefined, 'a', 'b']);
});
