import { randomUUID } from 'node:crypto';
import { designDraft, designVisibilities, filterDraft, performanceProfileDraft } from '@meshery/object-model';
import { requestContext } from '@meshery/observability';
import type { RequestContext } from '@meshery/observability';
import { LOGGER } from '@meshery/service';
import { ReferenceProvider } from '@meshery/testing';
import type { Provider } from '../src/provider/provider.ts';
import { Providers } from '../src/provider/providers.ts';
import { Sessions } from '../src/sessions/sessions.ts';
import { Caller } from './caller.ts';
import { CookieBrowser } from './cookie-browser.ts';
import { askGraphql, followGraphql, graphqlPath } from './graphql-caller.ts';
import type { Failed, Reply } from './graphql-caller.ts';
import { knowProvider } from './known-provider.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

/** What published clients ask of load tests, designs and filters, as the provider of a user keeps them. */

let reference: ReferenceProvider;
let server: TestServer;
let owner: Caller;
let colleague: Caller;
let stranger: Caller;
beforeAll(async () => {
  reference = await ReferenceProvider.start();
  const env = { MESHERY_CONTROLLERS_POLL_MS: '50', PROVIDER_BASE_URLS: reference.url };
  server = await startTestServer({ env });
  await knowProvider(server);
  owner = Caller.owner(server);
  colleague = await Caller.signUp(server, 'colleague', 'viewer');
  stranger = await Caller.signUp(server, 'stranger', 'viewer', 'own');
});
afterAll(async () => {
  await server.stop();
  await reference.process.stop();
});

interface Port {
  readonly ctx: RequestContext;
  readonly kept: Provider;
}

/** What the server itself has for a request of a user. */
async function portOf(token: string, provider = 'Local'): Promise<Port> {
  const { app } = server.service;
  const { identity } = await app.get(Sessions).verify({ token, provider });
  const ctx = requestContext({ user: identity, requestId: 'r', logger: app.get(LOGGER), signals: [] });
  return { ctx, kept: app.get(Providers).of(ctx) };
}
const ownersPort = (): Promise<Port> => portOf(server.token);

const ask = (query: string, variables: object = {}, who = owner): Promise<Reply> => askGraphql(who, query, variables);
const follow = (query: string, variables: object, who = owner) =>
  followGraphql(server, who, { query: `subscription${query}`, variables });
const codeOf = ({ errors }: { readonly errors?: readonly Failed[] }) => errors?.[0]?.extensions.mesheryCode;
const all = { page: '0', pageSize: '100' };
const nowhere = randomUUID();

async function keepProfile({ ctx, kept }: Port, name: string): Promise<string> {
  const given = { name, endpoints: ['http://a.example/'], duration: '30s', qps: 7, requestHeaders: { a: 'b' } };
  return (await kept.records.performanceProfiles.create(ctx, performanceProfileDraft.parse(given))).id;
}

async function keepResult({ ctx, kept }: Port, performanceProfile: string, testStartTime: string): Promise<string> {
  const found = { runnerResults: { p99: 0.5 }, serverMetrics: { cpu: 1 }, serverBoardConfig: {} };
  const about = { name: 'r', mesh: 'istio', testId: 't', performanceProfile, testStartTime };
  return (await kept.records.performanceResults.create(ctx, { ...about, ...found })).id;
}

describe('load tests', () => {
  const days = ['2026-01-05T03:00:00.000Z', '2026-01-06T23:00:00.000Z', '2026-01-08T03:00:00.000Z'] as const;
  let profile: string;
  let other: string;
  let results: readonly string[];
  beforeAll(async () => {
    const port = await ownersPort();
    [profile, other] = [await keepProfile(port, 'checkout'), await keepProfile(port, 'idle')];
    results = await Promise.all(days.map((day) => keepResult(port, profile, day)));
  });

  test('getPerformanceProfiles tells each with how often it was run and when last', async () => {
    const query = `query($p: PageFilter!) { getPerformanceProfiles(selector: $p) { page page_size total_count profiles {
      id name concurrent_request duration endpoints load_generators qps total_results last_run request_headers
      request_cookies request_body content_type service_mesh user_id created_at updated_at } } }`;
    const { data } = await ask(query, { p: { ...all, order: 'name asc', search: '' } });
    expect(data?.['getPerformanceProfiles']).toMatchObject({
      ...{ page: 0, page_size: 100, total_count: 2 },
      profiles: [
        {
          ...{ id: profile, name: 'checkout', concurrent_request: 1, duration: '30s', qps: 7, user_id: owner.id },
          ...{ endpoints: ['http://a.example/'], load_generators: ['fortio'], request_headers: '{"a":"b"}' },
          ...{ total_results: 3, last_run: days[2], created_at: expect.stringMatching(/Z$/) as string },
        },
        { id: other, name: 'idle', total_results: 0, last_run: null },
      ],
    });
  });

  test('fetchResults tells those of a profile, fetchAllResults those of a time', async () => {
    const query = `query($p: PageFilter!, $of: String!, $week: PageFilter!) {
      of: fetchResults(selector: $p, profileID: $of) { total_count results { meshery_id } }
      idle: fetchResults(selector: $p, profileID: "${other}") { total_count }
      all: fetchAllResults(selector: $p) { total_count }
      week: fetchAllResults(selector: $week) { results { meshery_id } } }`;
    const order = 'test_start_time desc';
    const week = { ...all, order, from: '2026-01-05T04:00:00+00:00', to: '2026-01-06' };
    const { data } = await ask(query, { p: { ...all, order }, of: profile, week });
    expect(data).toEqual({
      of: { total_count: 3, results: [...results].reverse().map((id) => ({ meshery_id: id })) },
      idle: { total_count: 0 },
      all: { total_count: 3 },
      week: { results: [{ meshery_id: results[1] }] },
    });
  });

  test('getPerfResult tells one with what was found', async () => {
    const query = `query($id: ID!) { getPerfResult(id: $id) { meshery_id name mesh performance_profile test_id
      runner_results server_metrics test_start_time user_id } }`;
    expect((await ask(query, { id: results[0] })).data?.['getPerfResult']).toEqual({
      ...{ meshery_id: results[0], name: 'r', mesh: 'istio', performance_profile: profile, test_id: 't' },
      ...{ runner_results: { p99: 0.5 }, server_metrics: '{"cpu":1}', test_start_time: days[0], user_id: owner.id },
    });
    expect(codeOf(await ask(query, { id: nowhere }))).toBe('meshery-core-1002');
    expect(codeOf(await ask(query, { id: '1' }))).toBe('meshery-core-1001');
  });

  test('are their user’s alone', async () => {
    const query = `query($p: PageFilter!) { getPerformanceProfiles(selector: $p) { total_count }
      fetchAllResults(selector: $p) { total_count } }`;
    const none = { getPerformanceProfiles: { total_count: 0 }, fetchAllResults: { total_count: 0 } };
    expect((await ask(query, { p: all }, colleague)).data).toEqual(none);
    const one = `{ getPerfResult(id: "${String(results[0])}") { name } }`;
    expect(codeOf(await ask(one, {}, colleague))).toBe('meshery-core-1002');
    const of = `query($p: PageFilter!) { fetchResults(selector: $p, profileID: "${profile}") { total_count } }`;
    expect(codeOf(await ask(of, { p: all }, colleague))).toBe('meshery-core-1002');
    const unknown = await fetch(`${server.url}${graphqlPath}?query=${encodeURIComponent(one)}`);
    expect(unknown.status).toBe(401);
  });

  test('subscriptions tell everything at first, and when a test was run', async () => {
    const port = await ownersPort();
    const quick = await keepProfile(port, 'quick');
    const ofProfiles = follow(
      '($p: PageFilter!) { subscribePerfProfiles(selector: $p) { profiles { total_results } } }',
      {
        p: { ...all, search: 'QUICK' },
      },
    );
    const ofResults = follow(
      `($p: PageFilter!) { subscribePerfResults(selector: $p, profileID: "${quick}") { total_count } }`,
      { p: all },
    );
    await ofProfiles.until('the first values', () => ofProfiles.heard.length > 0 && ofResults.heard.length > 0);
    await keepResult(port, quick, days[0]);
    await ofProfiles.until('the run', () => ofProfiles.heard.length > 1 && ofResults.heard.length > 1);
    expect(ofProfiles.heard.map((value) => value['subscribePerfProfiles'])).toEqual([
      { profiles: [{ total_results: 0 }] },
      { profiles: [{ total_results: 1 }] },
    ]);
    expect(ofResults.heard.map((value) => value['subscribePerfResults'])).toEqual([
      { total_count: 0 },
      { total_count: 1 },
    ]);
    await ofProfiles.close();
    await ofResults.close();
  });

  test('a subscription to a profile of somebody else, or to no page, ends with a code', async () => {
    const call =
      '($p: PageFilter!, $of: String!) { subscribePerfResults(selector: $p, profileID: $of) { total_count } }';
    for (const [who, variables, code] of [
      [colleague, { p: all, of: profile }, 'meshery-core-1002'],
      [owner, { p: { ...all, page: '-1' }, of: profile }, 'meshery-core-1001'],
      [owner, { p: all, of: 'x' }, 'meshery-core-1001'],
    ] as const) {
      const stream = follow(call, variables, who);
      await stream.until('the end', () => stream.errors.length > 0);
      expect([codeOf(stream), stream.heard]).toEqual([code, []]);
      await stream.close();
    }
  });
});

describe('designs and filters', () => {
  const page = { page: '0', pageSize: '100', order: 'name asc' };
  const catalog = { page: '0', pagesize: '100', search: '', order: 'name asc' };
  const module = { filterFile: 'AGFzbQ==', filterResource: 'cfg', location: { path: '/f', type: 'local' } };

  async function keep({ ctx, kept }: Port, organizationId: string): Promise<void> {
    for (const visibility of designVisibilities) {
      const shared = { name: `a-${visibility}`, organizationId, visibility };
      await kept.designs.create(ctx, designDraft.parse({ ...shared, patternFile: `name: ${visibility}` }));
      const draft = { ...shared, ...module, catalogData: { class: 'official' } };
      await kept.records.filters.create(ctx, filterDraft.parse(draft));
    }
  }
  beforeAll(async () => {
    await keep(await ownersPort(), owner.organizationId);
  });

  test('fetchPatterns tells those that the user may see', async () => {
    const query = `query($p: PageFilter!) { fetchPatterns(selector: $p) { page page_size total_count patterns {
      name user_id pattern_file visibility canSupport errmsg catalog_data location { path } } } }`;
    const names = async (who: Caller) => {
      const { patterns } = (await ask(query, { p: page }, who)).data?.['fetchPatterns'] as {
        readonly patterns: readonly { readonly name: string }[];
      };
      return patterns.map(({ name }) => name);
    };
    expect((await ask(query, { p: { ...page, search: 'private' } })).data?.['fetchPatterns']).toEqual({
      ...{ page: 0, page_size: 100, total_count: 1 },
      patterns: [
        {
          ...{ name: 'a-private', user_id: owner.id, pattern_file: 'name: private', visibility: 'private' },
          ...{ canSupport: true, errmsg: null, catalog_data: null, location: { path: '' } },
        },
      ],
    });
    expect(await names(owner)).toEqual(['a-private', 'a-public', 'a-published']);
    expect(await names(colleague)).toEqual(['a-public', 'a-published']);
    expect(await names(stranger)).toEqual([]);
  });

  test('the catalog is for everybody, and holds nothing that was not published', async () => {
    const query = `query($s: CatalogSelector) {
      designs: fetchPatternCatalogContent(selector: $s) { name pattern_file visibility }
      filters: fetchFilterCatalogContent(selector: $s) { name filter_file filter_resource catalog_data location { path } }
      usual: fetchFilterCatalogContent { name } }`;
    const { data } = await ask(query, { s: catalog }, stranger);
    expect(data).toEqual({
      designs: [{ name: 'a-published', pattern_file: 'name: published', visibility: 'published' }],
      filters: [
        {
          ...{ name: 'a-published', filter_file: module.filterFile, filter_resource: 'cfg', location: { path: '/f' } },
          catalog_data: expect.objectContaining({ class: 'official' }) as object,
        },
      ],
      usual: [{ name: 'a-published' }],
    });
    expect(await ask(query, { s: { ...catalog, page: '1' } }, stranger)).toMatchObject({ data: { designs: [] } });
  });

  test('lists that are asked for wrongly are refused', async () => {
    const list = 'query($p: PageFilter!) { fetchPatterns(selector: $p) { total_count } }';
    const results = 'query($p: PageFilter!) { fetchAllResults(selector: $p) { total_count } }';
    for (const [query, wrong] of [
      [list, { page: '-1' }],
      [list, { pageSize: '0' }],
      [list, { order: 'pattern_file; drop' }],
      [list, { from: '2026-01-01' }],
      [list, { updated_after: '2026-01-01' }],
      [results, { to: 'yesterday' }],
      [results, { from: '2026-13-45' }],
      [results, { updated_after: '2026-01-01' }],
    ] as const) {
      expect([wrong, codeOf(await ask(query, { p: { ...all, ...wrong } }))]).toEqual([wrong, 'meshery-core-1001']);
    }
    const { data } = await ask(list.replace('total_count', 'page_size'), { p: { ...all, pageSize: '10000' } });
    expect(data).toEqual({ fetchPatterns: { page_size: 100 } });
  });

  test('subscribeConfiguration tells designs and filters at first and when one comes, and no applications', async () => {
    const call = `($p: PageFilter!) { subscribeConfiguration(
      applicationSelector: $p, patternSelector: $p, filterSelector: $p) {
        patterns { patterns { name } } filters { total_count } applications { total_count applications { id } } } }`;
    const [mine, theirs] = [follow(call, { p: page }), follow(call, { p: page }, stranger)];
    interface Told {
      readonly patterns: { readonly patterns: readonly { readonly name: string }[] };
    }
    const names = ({ heard }: typeof mine) =>
      (heard.at(-1)?.['subscribeConfiguration'] as Told | undefined)?.patterns.patterns.map(({ name }) => name);
    await mine.until('the first values', () => mine.heard.length > 0 && theirs.heard.length > 0);
    expect(mine.heard[0]?.['subscribeConfiguration']).toEqual({
      patterns: { patterns: designVisibilities.map((visibility) => ({ name: `a-${visibility}` })) },
      filters: { total_count: 3 },
      applications: { total_count: 0, applications: [] },
    });
    const { ctx, kept } = await ownersPort();
    const { organizationId } = owner;
    await kept.designs.create(ctx, designDraft.parse({ organizationId, name: 'novel', visibility: 'published' }));
    await mine.until('the new one', () => names(mine)?.includes('novel') === true);
    expect(names(theirs)).toEqual([]);
    await mine.close();
    await theirs.close();
  });

  test('a subscription ends with a code when its user signs out', async () => {
    const leaving = await Caller.signUp(server, 'leaving', 'viewer');
    const stream = follow(
      '($p: PageFilter!) { subscribePerfProfiles(selector: $p) { total_count } }',
      { p: all },
      leaving,
    );
    await stream.until('the first value', () => stream.heard.length > 0);
    await leaving.post('/api/user/logout');
    await stream.until('the end', () => stream.errors.length > 0);
    expect(codeOf(stream)).toBe('meshery-auth-1201');
    await stream.close();
  });
});

test('a remote provider is asked for the same', async () => {
  const browser = new CookieBrowser(server.url);
  await browser.open(`/api/provider?provider=${reference.key}`);
  const asked = await browser.open('/user/login');
  await browser.open(await reference.fillIn(asked.headers.get('location') ?? '', 'ada'));
  const port = await portOf(browser.cookies.get('token') ?? '', reference.key);
  const [profile, idle] = [await keepProfile(port, 'far'), await keepProfile(port, 'idle')];
  for (const day of ['06', '07']) await keepResult(port, profile, `2026-01-${day}T03:00:00.000Z`);
  await keepResult(port, idle, '2026-01-05T03:00:00.000Z');
  const query = `query($p: PageFilter!, $day: PageFilter!) {
    profiles: getPerformanceProfiles(selector: $p) { profiles { name total_results last_run } }
    of: fetchResults(selector: $p, profileID: "${profile}") { total_count }
    day: fetchAllResults(selector: $day) { results { test_start_time } }
    fetchPatterns(selector: $p) { total_count }
    fetchPatternCatalogContent { name } fetchFilterCatalogContent { name } }`;
  const variables = { p: all, day: { ...all, from: '2026-01-06', to: '2026-01-06' } };
  const response = await browser.open(graphqlPath, {
    method: 'POST',
    body: JSON.stringify({ query, variables }),
    headers: { 'content-type': 'application/json' },
  });
  expect(await response.json()).toEqual({
    data: {
      profiles: {
        profiles: [
          { name: 'far', total_results: 2, last_run: '2026-01-07T03:00:00.000Z' },
          { name: 'idle', total_results: 1, last_run: '2026-01-05T03:00:00.000Z' },
        ],
      },
      of: { total_count: 2 },
      day: { results: [{ test_start_time: '2026-01-06T03:00:00.000Z' }] },
      fetchPatterns: { total_count: 0 },
      fetchPatternCatalogContent: [],
      fetchFilterCatalogContent: [],
    },
  });
});
