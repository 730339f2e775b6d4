import {
  componentDraft,
  filterDraft,
  modelDraft,
  parseRecord,
  performanceProfileDraft,
  policyDraft,
  registrantDraft,
  relationshipDraft,
  scheduleDraft,
} from './index.ts';

const organizationId = '00000000-0000-4000-8000-000000000001';
const profile = { name: 'p', endpoints: ['https://a.example'], duration: '30s' };
const relationship = { kind: 'edge', type: 'binding', subType: 'mount' };
const end = { kind: 'Pod', match: { refs: [['configuration', 'spec']] } };

test.each([
  ['model', modelDraft, { name: 'istio', displayName: 'Istio', modelVersion: 'v1.2.3', sub_category: 'Service Mesh' }],
  ['component', componentDraft, { kind: 'Pod', api_version: 'v1', displayName: 'Pod', schema: '{}' }],
  ['relationship', relationshipDraft, { ...relationship, selectors: [{ allow: { from: [end], to: [] } }] }],
  ['policy', policyDraft, { kind: 'edge_policy' }],
  ['registrant', registrantDraft, { kind: 'github', name: 'hub' }],
  ['schedule', scheduleDraft, { name: 's', cron_expression: '0 3 * * 1' }],
  ['profile', performanceProfileDraft, profile],
  ['filter', filterDraft, { name: 'f', organizationId, filter_file: 'AGFzbQ==' }],
] as const)('a %s is taken in either spelling, and again as it came out', (what, schema, body) => {
  const taken: unknown = parseRecord(schema, body, what);
  expect(parseRecord(schema, taken, what)).toEqual(taken);
});

test.each([
  ['model', modelDraft, { name: '../istio', displayName: 'Istio', modelVersion: 'v1' }, 'name'],
  ['model', modelDraft, { name: 'istio', displayName: 'Istio', modelVersion: 'v1', category: 'Mesh' }, 'category'],
  ['component', componentDraft, { kind: 'a/b', apiVersion: 'v1', displayName: 'x', schema: '' }, 'kind'],
  ['component', componentDraft, { kind: 'a', apiVersion: 'v1', displayName: 'x', schema: {} }, 'schema'],
  ['relationship', relationshipDraft, { ...relationship, kind: 'other' }, 'kind'],
  ['relationship', relationshipDraft, { ...relationship, selectors: [{ deny: {} }] }, 'selectors.0.allow'],
  ['policy', policyDraft, {}, 'kind'],
  ['registrant', registrantDraft, { kind: '<b>', name: 'x' }, 'kind'],
  ['schedule', scheduleDraft, { name: 's', cronExpression: '@daily' }, 'cronExpression'],
  ['profile', performanceProfileDraft, { ...profile, endpoints: ['file:///etc/passwd'] }, 'endpoints.0'],
  ['profile', performanceProfileDraft, { ...profile, duration: 'long' }, 'duration'],
  ['filter', filterDraft, { name: 'f', organizationId, filterFile: '<wasm>' }, 'filterFile'],
  [
    'filter',
    filterDraft,
    { name: 'f', organizationId, filterFile: '', catalogData: { type: 'x' } },
    'catalogData.type',
  ],
] as const)('a %s that is wrong is refused with the name of the field', (what, schema, body, field) => {
  expect(() => parseRecord(schema, body, what)).toThrow(`"${field}" `);
});
