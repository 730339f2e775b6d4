import fc from 'fast-check';
import { builtInConnectionDefinitions } from './built-in-connections.ts';
import { connectionDefinitionDraft } from './connection-definition.ts';
import { connectionDraft } from './connection.ts';
import { connectionStatuses, firstStatuses, mayFollow, shortestWay } from './connection-status.ts';
import type { ConnectionStatus } from './connection-status.ts';
import { parseRecord } from './parse.ts';

/** The life cycles written down a second time, so that a change of one of them is a change of a contract. */
const clusters: Readonly<Record<ConnectionStatus, readonly ConnectionStatus[]>> = {
  discovered: ['registered', 'not found', 'deleted'],
  registered: ['connected', 'ignored', 'deleted'],
  connected: ['disconnected', 'maintenance', 'ignored', 'not found', 'deleted'],
  ignored: ['registered', 'deleted'],
  maintenance: ['registered', 'connected', 'ignored', 'not found', 'deleted'],
  disconnected: ['connected', 'deleted'],
  'not found': ['discovered', 'deleted'],
  deleted: [],
};
const servers: typeof clusters = {
  ...clusters,
  connected: ['disconnected', 'maintenance', 'not found', 'deleted'],
  maintenance: ['connected', 'disconnected', 'deleted'],
};
/** Nobody disconnects, ignores or rests what only follows a cluster. */
const followed: typeof clusters = {
  ...clusters,
  registered: ['connected', 'not found', 'deleted'],
  connected: ['registered', 'not found', 'deleted'],
  ignored: ['registered', 'deleted'],
  maintenance: ['registered', 'deleted'],
  disconnected: ['registered', 'deleted'],
};
const expected: Readonly<Record<string, typeof clusters>> = {
  kubernetes: clusters,
  prometheus: servers,
  grafana: servers,
  github: servers,
  meshery: clusters,
  adapter: clusters,
  operator: followed,
  meshsync: followed,
  broker: followed,
};

const anyStatus = fc.constantFrom(...connectionStatuses);

test('there is a life cycle for every kind and none that nobody expects', () => {
  expect(builtInConnectionDefinitions.map(({ kind }) => kind).sort()).toEqual(Object.keys(expected).sort());
});

describe.each(builtInConnectionDefinitions.map((definition) => [definition.kind, definition] as const))(
  '%s',
  (kind, definition) => {
    const { transitionMap: map, firstStatus } = definition;

    test('is a definition by its schema, and again as it came out', () => {
      expect(parseRecord(connectionDefinitionDraft, definition, 'definition')).toEqual(definition);
    });

    test.each(connectionStatuses.flatMap((from) => connectionStatuses.map((to) => [from, to] as const)))(
      '%s to %s is decided by the table',
      (from, to) => {
        expect(mayFollow(map, from, to)).toBe(expected[kind]?.[from].includes(to));
      },
    );

    test('whatever happens, what is deleted stays deleted and nothing is connected without being registered', () => {
      fc.assert(
        fc.property(fc.array(anyStatus, { maxLength: 40 }), (asked) => {
          const way: ConnectionStatus[] = ['discovered'];
          for (const to of asked) if (mayFollow(map, way.at(-1) ?? 'deleted', to)) way.push(to);
          const deleted = way.indexOf('deleted');
          expect(deleted === -1 || deleted === way.length - 1).toBe(true);
          const connected = way.indexOf('connected');
          expect(connected === -1 || way.slice(0, connected).includes('registered')).toBe(true);
        }),
      );
    });

    test('it begins wherever it may be later, but for the end', () => {
      const led = connectionStatuses.filter((to) => connectionStatuses.some((from) => mayFollow(map, from, to)));
      expect(firstStatuses(map, firstStatus)).toEqual(led.filter((status) => status !== 'deleted'));
    });

    test('from everywhere it can be deleted, and says why of every step', () => {
      for (const from of connectionStatuses) expect(mayFollow(map, from, 'deleted')).toBe(from !== 'deleted');
      for (const { description } of Object.values(map).flat()) expect(description).toMatch(/^[A-Z].*\.$/);
    });
  },
);

test.each([
  ['discovered', 'connected', ['registered', 'connected']],
  ['connected', 'connected', []],
  ['ignored', 'disconnected', ['registered', 'connected', 'disconnected']],
  ['registered', 'deleted', []],
] as const)('the shortest way from %s to %s', (from, to, way) => {
  const kubernetes = builtInConnectionDefinitions.find(({ kind }) => kind === 'kubernetes');
  expect(shortestWay(kubernetes?.transitionMap ?? {}, from, to)).toEqual(way);
});

test.each([
  ['a URL of another scheme', { url: 'file:///etc/passwd' }],
  ['a URL with a password', { url: 'http://user:pass@prometheus.example.com' }],
  ['a status that there is not', { status: 'on fire' }],
  ['a kind that is markup', { kind: '<script>' }],
  ['a credential that is no id', { credentialId: '../1' }],
  ['a secret without bounds', { credentialSecret: { token: 'x'.repeat(600_000) } }],
])('a draft with %s is refused', (_what, fields) => {
  expect(() => parseRecord(connectionDraft, { name: 'n', kind: 'grafana', ...fields }, 'connection')).toThrow(
    /The connection is not valid/,
  );
});

test('a draft in the older spelling is the same draft', () => {
  const body = { name: 'n', kind: 'grafana', sub_type: 'metrics', metadata: { url_x: 1 }, owner: 'x', id: 'y' };
  expect(parseRecord(connectionDraft, body, 'connection')).toEqual({
    name: 'n',
    kind: 'grafana',
    subType: 'metrics',
    description: '',
    metadata: { url_x: 1 },
    styles: {},
  });
});
