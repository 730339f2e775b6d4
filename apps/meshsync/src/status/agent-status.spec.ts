import { KindState } from '@meshery/contracts';
import type { KindStatus } from '@meshery/discovery';
import { statusDocument } from './agent-status.ts';
import type { StatusParts } from './agent-status.ts';

function kind(resource: string, state: KindState, more: Partial<KindStatus> = {}): KindStatus {
  const reason = 'Reason';
  return { resource, kind: '', namespaced: true, since: 0, objects: 0, state, reason, message: '', ...more };
}

function parts(kinds: readonly KindStatus[], more: Partial<StatusParts> = {}): StatusParts {
  return {
    version: '1',
    agent: {
      phase: 'running',
      clusterId: 'uid',
      incarnation: undefined,
      conditions: [
        { reason: 'InvalidWatchList', message: 'a' },
        { reason: 'ApiServerUnreachable', message: 'b' },
        { reason: 'RunNotOpened', message: 'c' },
      ],
      kinds,
      inSync: false,
      objects: 0,
      batchesInFlight: 0,
      parked: 0,
    },
    broker: { connected: true },
    server: undefined,
    resource: [{ reason: 'MeshSyncNotFound', message: 'd' }],
    unstored: { reason: 'BatchesNotStored', message: 'e' },
    ...more,
  };
}

test('counts what is watched, and says which type of condition each fault is', () => {
  const document = statusDocument(
    parts([
      kind('pods.v1.', KindState.KIND_STATE_SYNCED),
      kind('nodes.v1.', KindState.KIND_STATE_SYNCING),
      kind('events.v1.', KindState.KIND_STATE_EXCLUDED),
      kind('old.v1.x', KindState.KIND_STATE_REMOVED),
    ]),
  );
  expect(document.kinds).toEqual({ total: 2, inSync: 1, problems: [] });
  expect(document).not.toHaveProperty('incarnation');
  expect(document.conditions.map(({ type, message }) => `${type} ${message}`)).toEqual([
    'Configured d',
    'Configured a',
    'Discovering b',
    'Publishing c',
    'Publishing e',
  ]);
});

test('says how the server is that it dials, and nothing of a broker that it does not have', () => {
  const server = { connected: false, reason: 'away' };
  const document = statusDocument(parts([], { broker: undefined, server }));
  expect(document).toMatchObject({ server });
  expect(document).not.toHaveProperty('broker');
});

test('names the rule that grants a forbidden kind of a group, before all other problems', () => {
  const { problems } = statusDocument(
    parts([
      kind('pods.v1.', KindState.KIND_STATE_LAGGING, { reason: 'SendFailed' }),
      kind('jobs.v1.batch', KindState.KIND_STATE_FORBIDDEN, { reason: 'Forbidden', verb: 'watch' }),
    ]),
  ).kinds;
  expect(problems.map((problem) => problem.kind)).toEqual(['jobs.v1.batch', 'pods.v1.']);
  expect(problems[0]).toMatchObject({ state: 'forbidden', verb: 'watch' });
  expect(problems[0]?.remedy).toMatch(/apiGroups "batch", resources "jobs" and verbs "list" and "watch"/);
  expect(problems[1]).toMatchObject({ state: 'lagging', remedy: expect.stringContaining('broker') as unknown });
  expect(problems[1]).not.toHaveProperty('verb');
});

test('lists the first fifty problems and counts all kinds', () => {
  const many = Array.from({ length: 60 }, (_, index) => kind(`k${index}.v1.`, KindState.KIND_STATE_FORBIDDEN));
  const { total, problems } = statusDocument(parts(many)).kinds;
  expect([total, problems.length]).toEqual([60, 50]);
});
