import { computeResources, conditions, image, logLevel, placement, probe } from './common.ts';
import { anyObject, flag, integer, list, map, object, oneOf, text } from './schema.ts';
import type { TypeOf } from './schema.ts';

const resourceKey = text(
  'Kind as plural.version.group, for example deployments.v1.apps or pods.v1. of the core group.',
  {
    minLength: 1,
    maxLength: 512,
  },
);

const publishedWatchList = object('As published: a ConfigMap with JSON texts in it. Prefer watchList.', {
  apiVersion: text('v1'),
  kind: text('ConfigMap'),
  metadata: anyObject('Not looked at.'),
  immutable: flag('Not looked at.'),
  data: map(
    'whitelist: JSON list of {Resource, Events}; blacklist: JSON list of kinds. Only one may be there.',
    text('JSON text.', { maxLength: 262_144 }),
  ),
  binaryData: map('Not looked at.', text('Base64.', { maxLength: 262_144 })),
});

const watchList = object(
  'Which kinds are discovered; all of them when absent.',
  {
    only: list(
      'These kinds and no others.',
      object(
        'A kind.',
        {
          resource: resourceKey,
          events: list(
            'Which changes are passed on; all when absent.',
            oneOf('A change.', ['ADDED', 'MODIFIED', 'DELETED']),
            3,
          ),
        },
        { required: ['resource'] },
      ),
      512,
    ),
    except: list('All kinds but these.', resourceKey, 512),
  },
  {
    rules: [{ rule: '!(has(self.only) && has(self.except))', message: 'name kinds in only or in except, not in both' }],
  },
);

const broker = object('Where what was found is published.', {
  native: object('A Broker of this cluster.', {
    name: text('Its name.'),
    namespace: text('Its namespace.', { maxLength: 63 }),
  }),
  custom: object('Another broker; used when native names none.', {
    url: text('Its URL, for example nats://broker.example.com:4222.', { maxLength: 1024 }),
    credentialsSecret: text('Secret with the key `token` (USER:PASSWORD or a token): never put them into the URL.'),
    caSecret: text('Secret with the key `ca.crt` that signs the certificate of the broker.'),
  }),
});

const server = object(
  'The server that the agent dials, where no broker can be reached from the server.',
  {
    address: text('HOST:PORT of its Ingest service, for example meshery.example.com:9082; always TLS.', {
      minLength: 3,
      maxLength: 1024,
      pattern: '^[^\\s/@]+:[0-9]{1,5}$',
    }),
    caSecret: text('Secret with the key `ca.crt` that signs its certificate; well-known authorities when absent.'),
    tokenSecret: text('Secret with the key `token`: the token that the server bound to this cluster.', {
      minLength: 1,
    }),
  },
  { required: ['address', 'tokenSecret'] },
);

/** What a user asks for. */
export const meshSyncSpec = object(
  'The agent that is wanted.',
  {
    'watch-list': publishedWatchList,
    watchList,
    broker,
    server,
    version: text('Version of MeshSync; the one that the operator was made for when empty.', { maxLength: 128 }),
    size: integer('Number of agents, 1 when empty or 0. One does the work, the others stand by.', {
      minimum: 0,
      maximum: 10,
    }),
    redaction: object('What is left out of objects before they leave the cluster.', {
      secretKeys: flag('Leave out the names of the keys of Secrets too; their values never leave.', true),
    }),
    clusterRole: oneOf(
      'What the agent may read: meshery-reader-core (when empty) the kinds of a normal cluster without Secrets, meshery-reader-all everything.',
      ['meshery-reader-core', 'meshery-reader-all'],
    ),
    requests: object('What the agent does for those who may ask it through the broker.', {
      logs: flag('Send what pods write to their logs.', true),
      exec: flag(
        'Run programs in pods. The agent needs the right too: create pods/exec, in a ClusterRole with the label meshery.io/aggregate-to-reader-core.',
        false,
      ),
    }),
    namespaces: list(
      'Only objects of these namespaces are passed on, and none without a namespace; all when absent.',
      text('Namespace.', { maxLength: 63 }),
      256,
    ),
    outputResources: list(
      'Only these resources are passed on, singular or plural, whatever their group; all of them when absent.',
      text('Resource, for example deployments.', { maxLength: 256 }),
      256,
    ),
    format: oneOf('native (when empty): batches with acknowledgement; published: one message for each object.', [
      'native',
      'published',
    ]),
    contentDedup: flag('In the published format: do not send objects again that did not change.'),
    image,
    resources: computeResources,
    ...placement,
    logLevel,
  },
  {
    rules: [
      {
        rule: '!(has(self.watchList) && has(self.watch__dash__list))',
        message: 'use watchList or watch-list, not both',
      },
      {
        rule: '!has(self.server) || !has(self.broker) || (!has(self.broker.native) && !has(self.broker.custom))',
        message: 'name a broker or a server, not both',
      },
      {
        rule: "!has(self.server) || !has(self.format) || self.format == 'native'",
        message: 'only a broker takes the published format',
      },
    ],
  },
);

/** What the operator found. */
export const meshSyncStatus = object('The agent that there is.', {
  'publishing-to': text('URL of the broker or the server, without credentials.', { maxLength: 1024 }),
  version: text('Version of MeshSync that runs.'),
  observedGeneration: integer('The generation of the spec that this status is about.'),
  probe,
  conditions,
});

/** Spec of a MeshSync. */
export type MeshSyncSpec = TypeOf<typeof meshSyncSpec>;

/** Status of a MeshSync. */
export type MeshSyncStatus = TypeOf<typeof meshSyncStatus>;
