import { parseAgentStatus } from './agent-status.ts';
import type { AgentStatusDocument } from './agent-status.ts';

const status: AgentStatusDocument = {
  version: '0.1.0',
  clusterId: 'uid',
  incarnation: '01J',
  broker: { connected: false, reason: 'meshery-messaging-1506: refused' },
  phase: 'running',
  conditions: [{ type: 'Configured', reason: 'InvalidWatchList', message: 'malformed' }],
  kinds: {
    total: 3,
    inSync: 1,
    problems: [
      { kind: 'secrets.v1.', state: 'forbidden', verb: 'list', reason: 'Forbidden', message: 'no', remedy: 'grant' },
      { kind: 'pods.v1.', state: 'lagging', reason: 'SendFailed', message: '', remedy: 'wait' },
    ],
  },
};

test('a status is read as it was written', () => {
  expect(parseAgentStatus(JSON.stringify(status))).toEqual(status);
});

test('a status of an agent that has just started has no cluster, run or broker', () => {
  const young = { version: '', phase: 'idle' as const, conditions: [], kinds: { total: 0, inSync: 0, problems: [] } };
  expect(parseAgentStatus(JSON.stringify(young))).toEqual(young);
});

test('a status of an agent that dials a server, or stands by for one that does', () => {
  const { broker: _, ...rest } = status;
  const dials = { ...rest, server: { connected: false, reason: 'meshery-messaging-1500: away' } };
  expect(parseAgentStatus(JSON.stringify(dials))).toEqual(dials);
  const stands = { ...rest, phase: 'standby' as const };
  expect(parseAgentStatus(JSON.stringify(stands))).toEqual(stands);
});

test('what a newer agent adds is left out, what is malformed does not harm the rest', () => {
  const [first] = status.kinds.problems;
  const newer = {
    ...status,
    extra: 1,
    broker: { connected: 'yes' },
    conditions: [{ type: 'Dreaming', reason: 'X' }, 7, ...status.conditions],
    kinds: { ...status.kinds, problems: [null, { kind: 'x' }, { ...first, more: true }] },
  };
  const { broker: _, ...rest } = status;
  expect(parseAgentStatus(JSON.stringify(newer))).toEqual({ ...rest, kinds: { ...status.kinds, problems: [first] } });
});

test('no more problems are read than a status may have', () => {
  const problems = Array.from({ length: 60 }, () => status.kinds.problems[0]);
  const read = parseAgentStatus(JSON.stringify({ ...status, kinds: { ...status.kinds, problems } }));
  expect(read?.kinds.problems).toHaveLength(50);
});

test.each(['', 'ok', '[]', 'null', '{}', '{"phase":"running"}', '{"phase":"x","kinds":{"total":1,"inSync":0}}'])(
  '%j is no status',
  (text) => {
    expect(parseAgentStatus(text)).toBeUndefined();
  },
);
