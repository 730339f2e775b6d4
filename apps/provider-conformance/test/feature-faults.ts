import type { Form } from '../src/features.ts';
import type { Exchange, Fault, Reply } from './faulty-provider.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What is wrong at the endpoints of all features of one form, and with it one check of each. */
export interface FeatureFault {
  readonly form: Form;
  /** The operation whose checks have to find it. */
  readonly operation: string;
  readonly what: string;
  readonly method: string;
  /** What is asked for: the endpoint itself, a record below it, or a link between records. */
  readonly at: 'endpoint' | 'record' | 'link';
  readonly change: Fault;
  /** Checks of features that are about the same records. */
  readonly also?: readonly string[];
}

const depths = { endpoint: 0, record: 1, link: 3 } as const;

/** A fault at the endpoints that are given. */
export function faultAt(endpoints: readonly string[], { method, at, change }: FeatureFault): Fault {
  const isThere = ({ url }: Exchange): boolean =>
    endpoints.some((endpoint) => {
      const rest = url.pathname.startsWith(endpoint) ? url.pathname.slice(endpoint.length) : undefined;
      return rest !== undefined && (rest === '' || rest.startsWith('/')) && rest.split('/').length - 1 === depths[at];
    });
  return (exchange, pass) =>
    exchange.method === method && isThere(exchange) ? change(exchange, pass) : pass(exchange);
}

const replies = (change: (fields: Fields, reply: Reply, exchange: Exchange) => Reply | Fields): Fault => {
  return async (exchange, pass) => {
    const reply = await pass(exchange);
    if (reply.status >= 400) return reply;
    const fields = reply.body === '' ? {} : (JSON.parse(reply.body) as Fields);
    return {
      ...reply,
      status: reply.status === 204 ? 200 : reply.status,
      body: JSON.stringify(change(fields, reply, exchange)),
    };
  };
};
const status =
  (from: number, to: number): Fault =>
  async (exchange, pass) => {
    const reply = await pass(exchange);
    return reply.status === from ? { ...reply, status: to } : reply;
  };
/** Says that it was done, and does nothing; of who may not it asks for a token as ever. */
const forgets: Fault = (exchange, pass) =>
  exchange.headers.authorization === undefined
    ? pass(exchange)
    : Promise.resolve({ status: 200, headers: {}, body: '{}' });
const failsAfterwards: Fault = async (exchange, pass) => ({ ...(await pass(exchange)), status: 500 });
const withoutRows = replies((fields) => ({ ...fields, data: [] }));
const withoutTotal = replies(({ totalCount: _total, ...fields }) => fields);
const letsAnybody = status(401, 200);

/** The first good answer for ever. */
function stale(): Fault {
  let first: Reply | undefined;
  return async (exchange, pass) => {
    const reply = await pass(exchange);
    if (reply.status !== 200) return reply;
    first ??= reply;
    return first;
  };
}

type Row = readonly [
  operation: string,
  what: string,
  method: string,
  at: FeatureFault['at'],
  change: Fault,
  also?: readonly string[],
];
const ofForms: Readonly<Record<Form, readonly Row[]>> = {
  records: [
    ['create', 'gives records no id', 'POST', 'endpoint', replies(({ id: _id, ...fields }) => fields)],
    ['list', 'lists nothing', 'GET', 'endpoint', withoutRows, ['workspaces.assign']],
    ['get', 'loses the name', 'GET', 'record', replies(({ name: _name, ...fields }) => fields)],
    ['update', 'changes nothing', 'PUT', 'record', forgets],
    ['remove', 'cannot remove', 'DELETE', 'record', failsAfterwards],
    ['gone', 'answers for what is not there', 'GET', 'record', status(404, 200)],
    ['anonymous', 'shows everybody', 'GET', 'endpoint', letsAnybody],
    ['anonymous', 'takes from everybody', 'POST', 'endpoint', letsAnybody],
    ['assign', 'assigns nothing', 'POST', 'link', forgets],
  ],
  page: [
    ['list', 'does not say how many', 'GET', 'endpoint', withoutTotal],
    ['anonymous', 'shows everybody', 'GET', 'endpoint', letsAnybody],
  ],
  people: [
    ['list', 'does not know who asks', 'GET', 'endpoint', withoutRows],
    ['anonymous', 'shows everybody', 'GET', 'endpoint', letsAnybody],
  ],
  feed: [
    ['list', 'keeps events to itself', 'GET', 'endpoint', withoutRows, ['persist-events.list']],
    ['anonymous', 'shows everybody', 'GET', 'endpoint', letsAnybody, ['persist-events.anonymous']],
  ],
  preferences: [
    ['keep', 'keeps nothing', 'PUT', 'endpoint', forgets],
    ['anonymous', 'takes from everybody', 'PUT', 'endpoint', letsAnybody],
  ],
  self: [
    ['get', 'takes people for others', 'GET', 'endpoint', replies((fields) => ({ ...fields, id: 'other' }))],
    ['anonymous', 'shows everybody', 'GET', 'endpoint', letsAnybody],
  ],
  summary: [
    ['get', 'does not count on', 'GET', 'endpoint', stale()],
    ['get', 'counts by no severity', 'GET', 'endpoint', replies(({ totalCount }) => ({ totalCount }))],
    ['anonymous', 'shows everybody', 'GET', 'endpoint', letsAnybody],
  ],
  catalog: [
    ['publish', 'publishes nothing', 'POST', 'endpoint', forgets],
    ['withdraw', 'withdraws nothing', 'DELETE', 'record', forgets],
    ['anonymous', 'takes from everybody', 'POST', 'endpoint', letsAnybody],
  ],
  clone: [
    [
      'copy',
      'gives the copy no id of its own',
      'POST',
      'record',
      replies((fields, _reply, { url }) => ({ ...fields, id: url.pathname.split('/').at(-1) })),
    ],
    ['gone', 'copies what is not there', 'POST', 'record', status(404, 200)],
    ['anonymous', 'copies for everybody', 'POST', 'record', letsAnybody],
  ],
  share: [
    ['keep', 'shares with nobody', 'POST', 'record', forgets],
    ['gone', 'answers for what is not there', 'GET', 'record', status(404, 200)],
    ['anonymous', 'shows everybody', 'GET', 'record', letsAnybody],
    ['anonymous', 'takes from everybody', 'POST', 'record', letsAnybody],
  ],
  anonymous: [
    [
      'session',
      'gives a token that it does not know',
      'POST',
      'endpoint',
      replies((fields) => ({ ...fields, access_token: 'e30.e30.e30' })),
    ],
  ],
};

/** For each operation of each form at least one fault. */
export const featureFaults: readonly FeatureFault[] = Object.entries(ofForms).flatMap(([form, rows]) =>
  rows.map(([operation, what, method, at, change, also]) => ({
    form: form as Form,
    operation,
    what,
    method,
    at,
    change,
    ...(also === undefined ? {} : { also }),
  })),
);
