import { defaultSort, emptyFilter, parseLabel } from '../../api/inventory-query.ts';
import { formatUrlState, initialUrlState, parseUrlState, type InventoryUrlState } from './url-state.ts';

describe('address of the page', () => {
  it('carries filters, sort and the open object there and back', () => {
    const state: InventoryUrlState = {
      filter: {
        clusters: ['c1'],
        kinds: ['Pod', 'Service'],
        namespaces: ['kube-system'],
        labels: [{ key: 'app.kubernetes.io/name', value: 'a=b&c' }],
        search: 'ä x',
      },
      sort: { column: 'name', descending: true },
      object: 'YzEuUG9k/+=',
      tab: 'yaml',
      sync: true,
    };
    expect(parseUrlState(formatUrlState(state))).toEqual(state);
  });

  it('is empty for the defaults', () => {
    expect(formatUrlState(initialUrlState)).toBe('');
    expect(parseUrlState('')).toEqual(initialUrlState);
  });

  it('falls back to defaults for what it does not understand', () => {
    const state = parseUrlState('?sort=-password&label=nothing&tab=x&object=');
    expect(state).toEqual({ filter: emptyFilter, sort: defaultSort, tab: 'overview', sync: false });
  });
});

describe('parseLabel', () => {
  it.each([
    ['app=web', { key: 'app', value: 'web' }],
    [' app = web ', { key: 'app', value: 'web' }],
    ['app=', { key: 'app', value: '' }],
    ['app', undefined],
    ['=web', undefined],
    ['', undefined],
  ])('reads %j', (text, expected) => {
    expect(parseLabel(text)).toEqual(expected);
  });
});
