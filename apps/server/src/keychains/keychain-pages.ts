import type { Keychain, PermissionKey } from '@meshery/object-model';
import { pageAnswer } from '../rest/page-answer.ts';
import { parsePageQuery } from '../rest/page-request.ts';
import type { RawQuery } from '../rest/query-values.ts';
import { slicePage } from '../rest/slice-page.ts';

const keyRules = { sorted: ['function', 'category', 'subcategory'] };
const keychainRules = { sorted: ['name', 'createdAt', 'updatedAt'] };

/** A page of keys, in the order of their keychain unless told; all of them on one page unless a size is named. */
export function keyPage(keys: readonly PermissionKey[], raw: RawQuery): object {
  return pageAnswer('keys', slicePage(keys, parsePageQuery(whole(raw), keyRules), ['function', 'category']));
}

/** A page of keychains, the built-in ones first unless told. */
export function keychainPage(keychains: readonly Keychain[], raw: RawQuery): object {
  const query = parsePageQuery(raw, keychainRules);
  return pageAnswer('keychains', slicePage(keychains, query, ['name', 'description']));
}

function whole(raw: RawQuery): RawQuery {
  return raw.pagesize === undefined ? { ...raw, pagesize: 'all' } : raw;
}
