import { evaluationAction, evaluationRequest, evaluationResponse, evaluationVersion, parseRecord } from './index.ts';

const id = '00000000-0000-4000-8000-000000000001';
const design = { id, name: 'shop', components: [{ id, displayName: 'cart' }], resolvedBy: 'a newer client' };

test('a request has its defaults, and a design keeps what is not known of it', () => {
  expect(evaluationVersion).toBe('v1beta1');
  expect(parseRecord(evaluationRequest, { design }, 'evaluation')).toEqual({
    design: {
      ...design,
      ...{ schemaVersion: 'designs.meshery.io/v1beta3', version: '0.0.0' },
      ...{ metadata: {}, relationships: [], preferences: {} },
    },
    options: { returnDiffOnly: false, enableTrace: false },
  });
});

test.each([
  ['update_component', { id, path: ['configuration', 'spec'], value: 1 }, { mode: 'replace' }],
  ['update_component_configuration', { id, path: [], value: {}, mode: 'merge' }, {}],
  ['update_relationship', { id, path: ['status'], value: 'approved' }, { mode: 'replace' }],
  ['add_component', { item: design }, {}],
  ['add_relationship', { item: { id } }, {}],
  ['delete_component', { id }, {}],
  ['delete_relationship', { id }, {}],
] as const)('the action %s is taken with its value', (op, value, defaults) => {
  expect(evaluationAction.parse({ op, value })).toEqual({ op, value: { ...value, ...defaults } });
});

const empty = { schemaVersion: 'x', design, actions: [] };
const rows = ['componentsAdded', 'componentsUpdated', 'componentsRemoved'];
const trace = Object.fromEntries(
  [...rows, ...rows.map((name) => name.replace('components', 'relationships'))].map((row) => [row, []]),
);

test('an answer is taken again as it came out, with the trace of older servers', () => {
  const whole = { ...empty, evaluationHash: 'h', timestamp: '2026-01-02T03:04:05Z', trace: {} };
  const taken = parseRecord(evaluationResponse, whole, 'evaluation');
  expect(taken.trace).toEqual(trace);
  expect(parseRecord(evaluationResponse, taken, 'evaluation')).toEqual(taken);
});

test.each([
  ['request', evaluationRequest, {}, 'design'],
  ['request', evaluationRequest, { design: { ...design, components: {} } }, 'design.components'],
  ['request', evaluationRequest, { design, options: { enableTrace: 'yes' } }, 'options.enableTrace'],
  ['answer', evaluationResponse, { ...empty, actions: [{ op: 'rename', value: {} }] }, 'actions.0.op'],
  [
    'answer',
    evaluationResponse,
    { ...empty, actions: [{ op: 'add_component', value: { id } }] },
    'actions.0.value.item',
  ],
  ['answer', evaluationResponse, { ...empty, actions: [{ op: 'delete_component', value: {} }] }, 'actions.0.value.id'],
  ['answer', evaluationResponse, { ...empty, timestamp: 'now' }, 'timestamp'],
])('an evaluation whose %s is wrong is refused with the name of the field', (_what, schema, body, field) => {
  expect(() => parseRecord<typeof schema>(schema, body, 'evaluation')).toThrow(`"${field}" `);
});
