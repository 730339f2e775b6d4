import { inBothSpellings } from '@meshery/object-model';
import type { Page } from '@meshery/object-model';

/** A page as clients of every age read it: both spellings, the rows under the name of what they are. */
export function pageAnswer(name: string, page: Page<object>): Record<string, unknown> {
  const { items, ...envelope } = page;
  return inBothSpellings({ ...envelope, [name]: items.map((item) => inBothSpellings(item)) });
}
