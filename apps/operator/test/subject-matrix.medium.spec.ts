import { readFile, writeFile } from 'node:fs/promises';
import {
  batchSubject,
  controlSubject,
  openSubject,
  parkedSubject,
  publishedSubjects,
  requestSubject,
  requestVerbs,
  sessionSubject,
} from '@meshery/contracts';
import { NatsServer } from '@meshery/testing';
import { format, resolveConfig } from 'prettier';
import { brokerNames } from '../src/broker/broker-names.ts';
import { dueBook } from '../src/broker/credentials.ts';
import { natsConfig } from '../src/broker/nats-config.ts';
import { NatsLine } from './nats-line.ts';

/**
 * Every subject, asked by everybody: docs/reference/subjects.md. After a deliberate change:
 * MESHERY_WRITE_ACCESS=1 npm run jest -- apps/operator/test/subject-matrix.medium.spec.ts
 */

const root = new URL('../../../', import.meta.url);
const page = new URL('docs/reference/subjects.md', root);
const [cluster, organization] = ['own-cluster', 'own-organization'];

type User = { readonly user: string; readonly password: string } | undefined;

/** The accounts of a broker as the operator configures it. */
function clusterBroker(): { readonly accounts: string; readonly users: Readonly<Record<string, User>> } {
  const { book } = dueBook(undefined, { rotateAfterMs: undefined, rotation: '', overlapMs: 0 }, Date.now());
  const names = brokerNames({ name: 'meshery-broker', namespace: 'meshery' });
  const { text } = natsConfig({ names, spec: {}, book, tls: 'off', clusterId: cluster, links: {} });
  const { accounts } = JSON.parse(text.replace('$POD_NAME', '"pod"')) as { accounts: object };
  const { agent, bridge, leaf } = book.roles;
  const users = { anonymous: undefined, agent: agent.current, bridge: bridge.current, 'leaf node': leaf.current };
  return { accounts: `accounts: ${JSON.stringify(accounts)}`, users };
}

/** The accounts of the broker of events as they are documented. */
async function eventBroker(): Promise<string> {
  const text = await readFile(new URL('docs/spec/events.md', root), 'utf8');
  const block = /^authorization \{$.*?^\}$/ms.exec(text)?.[0] ?? '';
  expect(block).toContain('acme');
  return block.replaceAll(/\$\w+_PASSWORD/g, '"secret"').replaceAll('<organization>', organization);
}

const clusterSubjects: readonly string[] = [
  ...[cluster, 'another-cluster'].flatMap((id) => [
    ...[batchSubject(id), openSubject(id), controlSubject(id)],
    ...requestVerbs.map((verb) => requestSubject(id, verb)),
    sessionSubject(id, 'session'),
  ]),
  parkedSubject,
  ...Object.values(publishedSubjects),
  ...['exec.session', 'input.exec.session', 'meshery.probe.nonce'],
];

const eventSubjects: readonly string[] = [
  `meshery.events.${organization}.mesh.deploy`,
  'meshery.events.another-organization.mesh.deploy',
  'meshery.events.user.mesh.deploy',
  'meshery.events.>',
];

/** What nobody but the owner of a stream needs, and what shows everything. */
function common(stream: string): readonly string[] {
  const verbs = ['INFO', 'CREATE', 'UPDATE', 'DELETE', 'PURGE', 'MSG.GET', 'MSG.DELETE'];
  return [
    ...verbs.map((verb) => `$JS.API.STREAM.${verb}.${stream}`),
    `$JS.API.CONSUMER.CREATE.${stream}`,
    `$JS.ACK.${stream}.consumer.1.1.1.1.1`,
    '$SYS.REQ.SERVER.PING',
    '$SYS.>',
    '>',
  ];
}

async function cellOf(server: NatsServer, user: User, subject: string): Promise<string> {
  const line = await NatsLine.open(server.port, user);
  const refused = await line.say('SUB probe 1');
  if (refused !== undefined && !/Permissions Violation/.test(refused)) return 'sign in';
  const hears = (await line.say(`SUB ${subject} 2`)) === undefined;
  const says = !/[>*]/.test(subject) && (await line.say(`PUB ${subject} 0\r\n`)) === undefined;
  line.close();
  return [says ? 'publish' : '', hears ? 'subscribe' : ''].filter((word) => word !== '').join(', ') || 'no';
}

async function tableOf(
  server: NatsServer,
  users: Readonly<Record<string, User>>,
  subjects: readonly string[],
): Promise<string> {
  const names = Object.keys(users);
  const rows = [`| subject | ${names.join(' | ')} |`, `| --- |${names.map(() => ' --- |').join('')}`];
  for (const subject of subjects) {
    const cells = await Promise.all(names.map((name) => cellOf(server, users[name], subject)));
    rows.push(`| \`${subject}\` | ${cells.join(' | ')} |`);
  }
  return rows.join('\n');
}

const head = `# Who may use which subject

<!-- Written by apps/operator/test/subject-matrix.medium.spec.ts; do not edit. -->

Each cell is what a real nats-server let that account do in a test: \`publish\`, \`subscribe\`, both, or \`no\`; \`sign in\`
is the refusal of whoever shows no credentials. Viewers, editors and owners have no account on any broker: what they may
see of it they ask the server for ([access](access.md)).
`;

test('subjects answer everybody as the checked-in table says', async () => {
  const { accounts, users } = clusterBroker();
  const own = await NatsServer.start({ authorization: accounts });
  const events = await NatsServer.start({ authorization: await eventBroker() });
  const secret = (user: string): User => ({ user, password: 'secret' });
  const readers = { anonymous: undefined, server: secret('meshery'), 'account of own-organization': secret('acme') };
  const text = [
    head,
    '## Broker of a cluster\n',
    'As the operator configures it for the cluster `own-cluster`. Agents of other clusters have no account there. A leaf node\nsigns in at its own port only.\n',
    `${await tableOf(own, users, [...clusterSubjects, ...common('MESHERY_INVENTORY')])}\n`,
    '## Broker of events\n',
    'As [events](../spec/events.md) documents it.\n',
    `${await tableOf(events, readers, [...eventSubjects, ...common('MESHERY_EVENTS')])}\n`,
  ].join('\n');
  await Promise.all([own.stop(), events.stop()]);
  const written = await format(text, { ...(await resolveConfig(page)), parser: 'markdown' });
  if (process.env['MESHERY_WRITE_ACCESS'] === '1') await writeFile(page, written);
  expect((await readFile(page, 'utf8')).split('\n')).toEqual(written.split('\n'));
}, 120_000);
