import { computeResources, conditions, image, logLevel, placement, probe } from './common.ts';
import { flag, integer, list, map, object, oneOf, quantity, text } from './schema.ts';
import type { TypeOf } from './schema.ts';

const hostAndPort = { maxLength: 259, pattern: String.raw`^(\[[0-9a-fA-F:.]+\]|[^\s:/@]+):[0-9]{1,5}$` };
const natsUrl = { maxLength: 1024, pattern: '^(nats|tls|ws|wss)://' };

const service = object(
  'How clients reach the broker.',
  {
    type: oneOf('Type of the Service; ClusterIP when empty.', ['', 'ClusterIP', 'NodePort', 'LoadBalancer']),
    annotations: map('Put on the Service beside those of the operator.', text('Value.', { maxLength: 4096 })),
    loadBalancerClass: text('Class of the load balancer.'),
    loadBalancerSourceRanges: list('Networks that may connect, in CIDR form.', text('For example 10.0.0.0/8.'), 64),
    externalEndpointOverride: text('host:port that stands in status.endpoint.external, whatever the Service says.', {
      ...hostAndPort,
    }),
  },
  {
    rules: [
      {
        rule: "!has(self.loadBalancerClass) || !has(self.type) || self.type in ['', 'LoadBalancer']",
        message: 'loadBalancerClass needs type LoadBalancer',
      },
      {
        rule: "!has(self.loadBalancerSourceRanges) || !has(self.type) || self.type in ['', 'LoadBalancer']",
        message: 'loadBalancerSourceRanges needs type LoadBalancer',
      },
    ],
  },
);

const tls = object(
  'Encryption between clients and broker, and between brokers.',
  {
    mode: oneOf(
      'Whether clients must speak TLS; published agents cannot, so optional when the field is absent. Servers always do among themselves, unless off. In YAML write "off" with quotes.',
      ['off', 'optional', 'required'],
    ),
    issuer: object(
      'An issuer of cert-manager; without it the operator has a CA of its own.',
      {
        name: text('Name of the issuer.', { minLength: 1 }),
        kind: oneOf('Its kind.', ['Issuer', 'ClusterIssuer'], 'Issuer'),
      },
      { required: ['name'] },
    ),
  },
  {
    rules: [
      {
        rule: "!has(self.issuer) || !has(self.mode) || self.mode != 'off'",
        message: 'issuer needs TLS: set mode to optional or required',
      },
    ],
  },
);

const auth = object('Who may connect.', {
  mode: oneOf(
    'users (when empty): one user for each role, with its own subjects; token: one token for everybody, as published.',
    ['users', 'token'],
  ),
  rotateAfter: text(
    'How old credentials become before they are made anew, for example 720h; for ever when empty. The annotation meshery.io/rotate-credentials with any new value makes them anew now.',
    {
      pattern: '^([0-9]+(h|m|s))+$',
      maxLength: 32,
    },
  ),
});

const storage = object(
  'Where JetStream keeps messages.',
  {
    className: text('StorageClass of the volume claims; an emptyDir without it.', { minLength: 1 }),
    size: quantity('Size of each volume; 2Gi when empty. JetStream uses no more.'),
  },
  { rules: [{ rule: '!has(self.className) || has(self.size)', message: 'a volume needs a size: set storage.size' }] },
);

const leafNodes = object('Connections to and from brokers that extend this one (port 7422).', {
  accept: flag('Others may connect to this one.', false),
  remotes: list(
    'Brokers that this one connects to.',
    text('URL, for example tls://hub.example.com:7422.', natsUrl),
    16,
  ),
  credentialsSecret: text('Secret with the key `credentials` (USER:PASSWORD) for the remotes.'),
  caSecret: text(
    'Secret with the key `ca.crt` that signs the certificates of the remotes; needed unless tls.mode is off.',
    {
      minLength: 1,
    },
  ),
});

const gateways = object(
  'A super-cluster with brokers of other clusters (port 7522).',
  {
    name: text('Name of this cluster in the super-cluster.', { minLength: 1 }),
    credentialsSecret: text('Secret with the key `credentials` (USER:PASSWORD), the same in all of its clusters.', {
      minLength: 1,
    }),
    caSecret: text(
      'Secret with the key `ca.crt`: the authorities of the other clusters, one after the other; needed unless tls.mode is off.',
      { minLength: 1 },
    ),
    remotes: list(
      'The other clusters.',
      object(
        'One of them.',
        {
          name: text('Its name in the super-cluster.', { minLength: 1 }),
          urls: list('Where its gateways listen.', text('URL, for example nats://east.example.com:7522.', natsUrl), 16),
        },
        { required: ['name', 'urls'] },
      ),
      32,
    ),
  },
  { required: ['name', 'credentialsSecret'] },
);

/** What a user asks for. */
export const brokerSpec = object('The broker that is wanted.', {
  size: integer('Number of servers; more than one are a NATS cluster.', { minimum: 1, maximum: 10, default: 1 }),
  version: text('Version of nats-server; the one that the operator was made for when empty.', { maxLength: 128 }),
  service,
  tls,
  auth,
  storage,
  clustering: object('How servers and clusters of servers are joined.', { leafNodes, gateways }),
  exporter: object('Metrics for Prometheus on port 7777.', { enabled: flag('Run the exporter.', false) }),
  image,
  resources: computeResources,
  ...placement,
  logLevel,
});

/** What the operator found. */
export const brokerStatus = object('The broker that there is.', {
  endpoint: object('Where it is reached, host:port without a scheme.', {
    internal: text('From within the cluster.'),
    external: text('From outside; empty when it cannot be reached.'),
  }),
  tls: object('Encryption as it is.', {
    mode: text('off, optional or required.'),
    caSecret: text('Secret with the key `ca.crt` that clients need; absent where everybody knows the authority.'),
  }),
  version: text('Version of nats-server that runs.'),
  readyServers: integer('Servers that take clients.'),
  observedGeneration: integer('The generation of the spec that this status is about.'),
  probe,
  conditions,
});

/** Spec of a Broker. */
export type BrokerSpec = TypeOf<typeof brokerSpec>;

/** Status of a Broker. */
export type BrokerStatus = TypeOf<typeof brokerStatus>;
