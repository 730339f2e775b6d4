import type { Expectation } from './expectation.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What a feature does, which is the same for many. */
export type Form =
  | 'records'
  | 'page'
  | 'people'
  | 'feed'
  | 'preferences'
  | 'self'
  | 'summary'
  | 'catalog'
  | 'clone'
  | 'share'
  | 'anonymous';

/** One feature that a provider may offer. */
export interface Feature {
  readonly form: Form;
  /** What is made at its endpoint, besides a name. */
  readonly sample?: Fields;
  /** What is changed afterwards; nothing of records that stay as they are. */
  readonly change?: Fields;
  /** The feature whose records can be assigned to those of this one. */
  readonly holds?: string;
  /** The feature that keeps the records which this one is about. */
  readonly of?: string;
}

const described = { sample: { description: 'made by a check' }, change: { description: 'changed by a check' } };
const file = { sample: { patternFile: 'name: check\n' }, change: { patternFile: 'name: changed\n' } };
const filter = { sample: { filterFile: 'AGFzbQ==' }, change: { filterFile: 'AGFzbQEAAAA=' } };
const result = { sample: { runnerResults: { Version: '1' } } };

/** The thirty features. */
export const features: Readonly<Record<string, Feature>> = {
  'sync-prefs': { form: 'preferences' },
  'users-profile': { form: 'self' },
  'users-identity': { form: 'people' },
  organizations: { form: 'page' },
  'users-keys': { form: 'page' },
  environments: { form: 'records', ...described },
  workspaces: { form: 'records', ...described, holds: 'environments' },
  'persist-connection': {
    form: 'records',
    sample: { kind: 'prometheus', type: 'platform', subType: 'monitoring', status: 'registered' },
    change: { status: 'ignored' },
  },
  'persist-credentials': {
    form: 'records',
    sample: { type: 'token', secret: { value: 'check' } },
    change: { secret: { value: 'changed' } },
  },
  'persist-meshery-patterns': { form: 'records', ...file },
  'persist-meshery-pattern-resources': {
    form: 'records',
    sample: { namespace: 'default', type: 'Pod' },
    change: { namespace: 'check' },
  },
  'persist-meshery-filters': { form: 'records', ...filter },
  'persist-meshery-applications': {
    form: 'records',
    sample: { applicationFile: 'name: check\n' },
    change: { applicationFile: 'name: changed\n' },
  },
  'persist-performance-profiles': {
    form: 'records',
    sample: { endpoints: ['http://localhost/'], loadGenerators: ['fortio'] },
    change: { loadGenerators: ['wrk2'] },
  },
  'persist-schedules': {
    form: 'records',
    sample: { cronExpression: '0 4 * * *' },
    change: { cronExpression: '0 5 * * *' },
  },
  'persist-smp-test-profile': {
    form: 'records',
    sample: { config: { labels: {} } },
    change: { config: { labels: { a: 'b' } } },
  },
  'persist-results': { form: 'records', ...result },
  'persist-result': { form: 'records', ...result },
  'persist-smi-results': { form: 'records', sample: { meshName: 'check', casesPassed: '1' } },
  'persist-metrics': { form: 'records', sample: { serverMetrics: {} } },
  'persist-events': {
    form: 'records',
    sample: { category: 'check', action: 'run', severity: 'informational', description: 'made by a check' },
    change: { status: 'read' },
  },
  'get-events': { form: 'feed', of: 'persist-events' },
  'events-summary': { form: 'summary', of: 'persist-events' },
  'meshery-patterns-catalog': { form: 'catalog', of: 'persist-meshery-patterns' },
  'meshery-filters-catalog': { form: 'catalog', of: 'persist-meshery-filters' },
  'clone-meshery-patterns': { form: 'clone', of: 'persist-meshery-patterns' },
  'clone-meshery-filters': { form: 'clone', of: 'persist-meshery-filters' },
  'share-designs': { form: 'share', of: 'persist-meshery-patterns' },
  'share-filters': { form: 'share', of: 'persist-meshery-filters' },
  'persist-anonymous-user': { form: 'anonymous' },
};

const page = 'GET answers 200 with page, pageSize, totalCount and one list';
const refused = (requests: string): string => `${requests} without a token answers 401`;
const anonymous = refused('GET');
/** The operations of each form, in the order of the checks. */
const operations: Readonly<Record<Form, Fields>> = {
  records: {
    create: 'POST answers 2xx with the record and its id',
    list: `${page}, which has the new record`,
    get: 'GET /ID answers 200 with what was sent',
    assign:
      'after POST /ID/environments/ID the list of environments has it under the filter of this workspace, after DELETE not',
    update: 'PUT /ID answers 200, and GET has the change',
    remove: 'DELETE /ID answers 2xx',
    gone: 'GET /ID of a removed record answers 404',
    anonymous: refused('GET, and POST,'),
  },
  page: { list: page, anonymous },
  people: { list: `${page}, which has who asks`, anonymous },
  feed: { list: `${page}, which has a new event of "persist-events"`, anonymous },
  preferences: { keep: 'GET after PUT answers 200 with what was sent', anonymous: refused('GET, and PUT,') },
  self: { get: 'GET answers 200 with the id and name of who asks; its id is "sub" of the token', anonymous },
  summary: {
    get: 'GET answers 200 with totalCount and the list countBySeverityLevel, both of which count a new event',
    anonymous,
  },
  catalog: {
    publish: 'after POST {id} the record is in the list',
    withdraw: 'after DELETE /ID it is not',
    anonymous: refused('GET, and POST,'),
  },
  clone: {
    copy: 'POST /ID answers 2xx with the same content under a new id',
    gone: 'POST /ID of no record answers 404',
    anonymous: refused('POST /ID'),
  },
  share: {
    keep: 'GET /ID after POST /ID {users} answers 200 with these users',
    gone: 'GET /ID of no record answers 404',
    anonymous: refused('GET /ID, and POST /ID,'),
  },
  anonymous: { session: 'POST without a token answers 2xx with tokens, which /introspect knows' },
};

/** Ids of the checks of a feature. */
export function checksOf(name: string): string[] {
  const { form, change, holds } = features[name] ?? { form: 'page' };
  const optional = { update: change, assign: holds };
  const isDone = (operation: string): boolean =>
    !Object.hasOwn(optional, operation) || optional[operation as keyof typeof optional] !== undefined;
  const all = Object.keys(operations[form]).filter(isDone);
  return all.map((operation) => `${name}.${operation}`);
}

/** What the checks of all features expect. */
export function featureExpectations(reference: string): Readonly<Record<string, Expectation>> {
  const ids = Object.keys(features).flatMap(checksOf);
  return Object.fromEntries(ids.map((id) => [id, { expected: expectedOf(id), reference }]));
}

function expectedOf(id: string): string {
  const [name = '', operation = ''] = id.split('.');
  return String(operations[features[name]?.form ?? 'page'][operation]);
}
