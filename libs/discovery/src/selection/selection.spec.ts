import type { ApiResource } from '@meshery/kube';
import { compileSelection } from './kind-selection.ts';
import { parseWatchList } from './watch-list.ts';

function resource(plural: string, kind: string, group = '', namespaced = true): ApiResource {
  return { group, version: 'v1', plural, singular: kind.toLowerCase(), kind, namespaced, verbs: ['list', 'watch'] };
}

const pods = resource('pods', 'Pod');
const secrets = resource('secrets', 'Secret');
const jobs = resource('jobs', 'Job', 'batch');
const nodes = resource('nodes', 'Node', '', false);
const events = resource('events', 'Event', 'events.k8s.io');
const leases = resource('leases', 'Lease', 'coordination.k8s.io');
const all = { watchList: undefined, outputResources: [], outputNamespaces: [], secretKeyNames: false };

describe('compileSelection', () => {
  test('watches everything but events and leases', () => {
    const selection = compileSelection(all);
    expect([pods, jobs, nodes].map((kind) => selection.whyIgnored(kind))).toEqual([undefined, undefined, undefined]);
    expect(selection.whyIgnored(events)).toMatch(/by default/);
    expect(selection.whyIgnored(leases)).toMatch(/by default/);
  });

  test.each([
    ['published', { data: { whitelist: '[{"Resource":"pods.v1.","Events":["ADDED","DELETED"]}]', blacklist: '' } }],
    ['published without data', { whitelist: '[{"Resource":"Pods.V1.","Events":["ADDED","DELETED"]}]' }],
    ['typed', { whitelist: [{ resource: 'pods.v1.', events: ['ADDED', 'DELETED'] }], blacklist: [] }],
    ['singular name', { whitelist: [{ resource: 'Pod', events: ['ADDED', 'DELETED'] }] }],
    ['as in our resource', { only: [{ resource: 'pods.v1.', events: ['ADDED', 'DELETED'] }] }],
    ['another version', { whitelist: [{ Resource: 'pods.v1beta1.', Events: ['ADDED', 'DELETED'] }] }],
  ])('reads a whitelist: %s', (_, watchList) => {
    const selection = compileSelection({ ...all, watchList });
    expect(selection.fault).toBeUndefined();
    expect(selection.whyIgnored(pods)).toBeUndefined();
    expect(selection.whyIgnored(jobs)).toMatch(/whitelist/);
    expect([...selection.contentOf(pods).events]).toEqual(['ADDED', 'DELETED']);
  });

  test('lets a whitelist name what is left out by default', () => {
    const selection = compileSelection({ ...all, watchList: { whitelist: ['leases.v1.coordination.k8s.io'] } });
    expect(selection.whyIgnored(leases)).toBeUndefined();
    expect(selection.whyIgnored(pods)).toMatch(/whitelist/);
  });

  test('reads a blacklist in both forms and tells groups apart', () => {
    const lists = ['["jobs.v1.batch"]', ['job.v1.batch'], ['jobs.batch']].map((blacklist) => ({ blacklist }));
    for (const watchList of [...lists, { except: ['jobs.v1.batch'] }]) {
      const selection = compileSelection({ ...all, watchList });
      expect(selection.whyIgnored(jobs)).toMatch(/blacklist/);
      expect(selection.whyIgnored(pods)).toBeUndefined();
      expect(selection.whyIgnored(resource('jobs', 'Job', 'other.example.com'))).toBeUndefined();
    }
  });

  test.each([
    ['not JSON', { whitelist: '[{' }],
    ['both lists', { whitelist: '[{"Resource":"pods.v1."}]', blacklist: '["jobs.v1.batch"]' }],
    ['a wrong event', { whitelist: [{ Resource: 'pods.v1.', Events: ['CHANGED'] }] }],
    ['no name', { whitelist: [{ Events: ['ADDED'] }] }],
    ['a mapping for a list', { blacklist: '{}' }],
    ['a text', 'pods'],
    ['a text that was cut off', '{"whitelist":"[{'],
    ['a text with a list', '["pods"]'],
  ])('keeps every kind when the watch list is malformed: %s', (_, watchList) => {
    const selection = compileSelection({ ...all, watchList });
    expect(selection.fault).toMatchObject({ code: 'meshery-discovery-1400', remedy: expect.any(String) as unknown });
    expect(selection.whyIgnored(pods)).toBeUndefined();
    expect(selection.whyIgnored(events)).toMatch(/by default/);
  });

  test('keeps the list before it when a watch list is malformed, and takes the rest', () => {
    const before = compileSelection({ ...all, watchList: { only: [{ resource: 'pods' }] } });
    const bad = { ...all, watchList: { data: { whitelist: '[{' } }, outputNamespaces: ['a'] };
    const selection = compileSelection(bad, before);
    expect(selection.fault).toMatchObject({ code: 'meshery-discovery-1400' });
    expect(selection.whyIgnored(jobs)).toMatch(/whitelist/);
    expect(selection.whyIgnored(pods)).toBeUndefined();
    expect(compileSelection(bad, selection).whyIgnored(jobs)).toMatch(/whitelist/);
    expect(selection.contentOf(pods).filter({ namespace: 'b' } as never)).toMatch(/not wanted/);
  });

  test.each([
    ['events', pods, { watchList: { only: [{ resource: 'pods', events: ['ADDED'] }] } }],
    ['namespaces', pods, { outputNamespaces: ['a'] }],
    ['key names', secrets, { secretKeyNames: true }],
  ])('sees that the content of a kind changes with its %s, and only then', (_, kind, change) => {
    const [before, same, after] = [{}, { outputResources: ['x'] }, change].map(
      (options) => compileSelection({ ...all, ...options }).contentOf(kind).fingerprint,
    );
    expect(same).toBe(before);
    expect(after).not.toBe(before);
  });

  test('sees no change of other kinds in the key names of Secrets', () => {
    const [before, after] = [false, true].map(
      (secretKeyNames) => compileSelection({ ...all, secretKeyNames }).contentOf(pods).fingerprint,
    );
    expect(after).toBe(before);
  });

  test('keeps output resources in any case, singular and plural', () => {
    const selection = compileSelection({ ...all, outputResources: ['POD', 'jobs'] });
    expect([pods, jobs, nodes].map((kind) => selection.whyIgnored(kind) === undefined)).toEqual([true, true, false]);
  });

  test('leaves out what has no namespace when only some are wanted', () => {
    const selection = compileSelection({ ...all, outputNamespaces: ['a'] });
    expect(selection.whyIgnored(nodes)).toMatch(/namespace/);
    expect(selection.whyIgnored(pods)).toBeUndefined();
  });
});

test('a watch list may be JSON text, as an environment variable holds it', () => {
  const text = JSON.stringify({ blacklist: '["pods"]' });
  expect(compileSelection({ ...all, watchList: text }).whyIgnored(pods)).toMatch(/blacklist/);
});

test.each([undefined, null, '', {}, { whitelist: '', blacklist: '' }, { whitelist: '[]', blacklist: '[]' }])(
  'parseWatchList(%j) means every kind',
  (raw) => {
    expect(parseWatchList(raw)).toEqual({ type: 'all' });
  },
);
