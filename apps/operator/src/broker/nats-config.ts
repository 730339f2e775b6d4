import { createHash } from 'node:crypto';
import type { BrokerSpec } from '@meshery/contracts/crds';
import { amountOf } from '../cluster/quantity.ts';
import type { BrokerNames } from './broker-names.ts';
import type { CredentialBook, RoleUsers } from './credentials.ts';
import { agentPermissions, bridgePermissions, ownSubjects } from './permissions.ts';
import type { Permissions } from './permissions.ts';

/** Ports of nats-server. */
export const natsPorts = {
  client: 4222,
  cluster: 6222,
  leaf: 7422,
  gateway: 7522,
  monitor: 8222,
  exporter: 7777,
} as const;

/** Folders and files in the container. */
export const natsPaths = {
  config: '/etc/nats-config',
  tls: '/etc/nats-certs',
  routes: '/etc/nats-routes',
  pid: '/var/run/nats/nats.pid',
  data: '/data',
} as const;

/** How clients may connect. */
export type TlsMode = 'off' | 'optional' | 'required';

/** What lets this broker into others; authorities are PEM. */
export interface BrokerLinks {
  /** "USER:PASSWORD" for the brokers that this one connects to. */
  readonly leafCredentials?: string | undefined;
  readonly leafAuthority?: string | undefined;
  /** "USER:PASSWORD" that all clusters of the super-cluster share. */
  readonly gatewayCredentials?: string | undefined;
  readonly gatewayAuthority?: string | undefined;
}

/** Names of the files with the authorities of others, beside the configuration. */
export const authorityFiles = { leaf: 'leaf-ca.crt', gateway: 'gateway-ca.crt' } as const;

/** Everything that the configuration says. */
export interface NatsConfigInput {
  readonly names: BrokerNames;
  readonly spec: BrokerSpec;
  readonly book: CredentialBook;
  readonly tls: TlsMode;
  readonly clusterId: string;
  readonly links: BrokerLinks;
}

/** A configuration, and the part of it that nats-server reads only at its start. */
export interface NatsConfig {
  readonly text: string;
  /** Changes when a reload is not enough. */
  readonly restartHash: string;
}

type Block = Readonly<Record<string, unknown>>;

/**
 * Writes nats.conf. JSON is a form of it; what is given as `$NAME` is replaced by the server's environment.
 * Size, storage, names and listeners need a restart; users and certificates are reloaded.
 */
export function natsConfig(input: NatsConfigInput): NatsConfig {
  const fixed = { ...basics(input), ...clustering(input) };
  const text = JSON.stringify({ ...fixed, ...access(input) }, undefined, 2).replaceAll('"$POD_NAME"', '$POD_NAME');
  return {
    text: `${text}\n`,
    restartHash: hashOf({ ...fixed, tls: input.tls === 'off', mode: input.spec.auth?.mode }),
  };
}

function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);
}

function basics({ spec, tls }: NatsConfigInput): Block {
  const level = spec.logLevel;
  return {
    server_name: '$POD_NAME',
    port: natsPorts.client,
    http_port: natsPorts.monitor,
    pid_file: natsPaths.pid,
    lame_duck_duration: '30s',
    lame_duck_grace_period: '10s',
    // Objects of 1.5 MB with both forms around them; what is larger is sent in chunks.
    max_payload: 8 * 1024 * 1024,
    max_pending: 64 * 1024 * 1024,
    ...(level === 'debug' ? { debug: true } : {}),
    jetstream: { store_dir: natsPaths.data, max_memory_store: 64 * 1024 * 1024, max_file_store: fileStoreBytes(spec) },
    ...(tls === 'off' ? {} : { tls: pairIn(natsPaths.tls) }),
    ...(tls === 'optional' ? { allow_non_tls: true } : {}),
  };
}

/** The streams reserve 1.1 GiB. */
const defaultStoreBytes = 2 * 1024 ** 3;

function fileStoreBytes(spec: BrokerSpec): number {
  return spec.storage?.size === undefined ? defaultStoreBytes : Math.floor(amountOf(String(spec.storage.size)));
}

/** Clients and leaf nodes show no certificates, so no authority is needed; one that everybody knows is in no Secret. */
function pairIn(folder: string): Block {
  return { cert_file: `${folder}/tls.crt`, key_file: `${folder}/tls.key`, timeout: 5 };
}

/** Between the servers of a cluster and between gateways, both sides show their certificates. */
function mutual(tls: TlsMode, folder: string, authority: string): { readonly tls?: Block } {
  return tls === 'off' ? {} : { tls: { ...pairIn(folder), ca_file: authority } };
}

function clustering(input: NatsConfigInput): Block {
  const { spec } = input;
  const size = spec.size ?? 1;
  const gateways = spec.clustering?.gateways;
  return {
    ...(size > 1 || gateways !== undefined ? { cluster: cluster(input, size) } : {}),
    ...leafNodes(input),
    ...(gateways === undefined ? {} : { gateway: gateway(input, gateways) }),
    ...(needsSystemAccount(spec) ? { system_account: systemAccount } : {}),
  };
}

/** Each server is told of all others by the names that the headless Service gives them. */
function cluster({ names, spec, book, tls }: NatsConfigInput, size: number): Block {
  const { user, password } = book.roles.route.current;
  const { base, headless, namespace } = names;
  const routes = Array.from({ length: size }, (_, index) => {
    const host = `${base}-${String(index)}.${headless}.${namespace}.svc`;
    return `nats-route://${user}:${password}@${host}:${String(natsPorts.cluster)}`;
  });
  return {
    // Servers of a super-cluster have its name for their cluster.
    name: spec.clustering?.gateways?.name ?? base,
    port: natsPorts.cluster,
    no_advertise: true,
    authorization: { user, password, timeout: 5 },
    ...mutual(tls, natsPaths.routes, `${natsPaths.routes}/ca.crt`),
    routes,
  };
}

function leafNodes({ spec, book, tls, links }: NatsConfigInput): Block {
  const { accept = false, remotes = [] } = spec.clustering?.leafNodes ?? {};
  if (!accept && remotes.length === 0) return {};
  const denied = { deny_imports: ownSubjects, deny_exports: ownSubjects };
  const trust = tls === 'off' ? {} : { tls: { ca_file: `${natsPaths.config}/${authorityFiles.leaf}` } };
  const joined = remotes.map((url) => {
    return { url: withCredentials(url, links.leafCredentials), ...account(spec), ...denied, ...trust };
  });
  const encrypted = tls === 'off' ? {} : { tls: pairIn(natsPaths.tls) };
  // With a token for clients, leaf nodes need users of their own; else they are among those of the account.
  const own = spec.auth?.mode === 'token' ? { authorization: { users: usersOf(book.roles.leaf) } } : {};
  return {
    leafnodes: {
      ...(accept ? { port: natsPorts.leaf, ...own, ...encrypted } : {}),
      ...(joined.length === 0 ? {} : { remotes: joined }),
    },
  };
}

type Gateways = NonNullable<NonNullable<BrokerSpec['clustering']>['gateways']>;

function gateway({ tls, links }: NatsConfigInput, { name, remotes = [] }: Gateways): Block {
  const { gatewayCredentials } = links;
  const [user, password] = split(gatewayCredentials);
  return {
    name,
    port: natsPorts.gateway,
    ...(user === undefined ? {} : { authorization: { user, password, timeout: 5 } }),
    ...mutual(tls, natsPaths.tls, `${natsPaths.config}/${authorityFiles.gateway}`),
    gateways: remotes.map((remote) => ({
      name: remote.name,
      urls: remote.urls.map((url) => withCredentials(url, gatewayCredentials)),
    })),
  };
}

/** With one token for everybody there are no accounts. */
function account(spec: BrokerSpec): { readonly account?: string } {
  return spec.auth?.mode === 'token' ? {} : { account: accountName };
}

const accountName = 'MESHERY';
const systemAccount = '$SYS';

/** The server insists on a named one where leaf nodes and gateways meet; all of a super-cluster have the same. */
function needsSystemAccount({ clustering }: BrokerSpec): boolean {
  return clustering?.gateways !== undefined && clustering.leafNodes !== undefined;
}

function access({ spec, book, clusterId }: NatsConfigInput): Block {
  const system = needsSystemAccount(spec) ? { [systemAccount]: {} } : {};
  if (spec.auth?.mode === 'token') {
    return { authorization: { token: book.token.current, timeout: 5 }, accounts: system };
  }
  const users = [
    ...usersOf(book.roles.agent).map((user) => ({ ...user, permissions: block(agentPermissions(clusterId)) })),
    ...usersOf(book.roles.bridge).map((user) => ({ ...user, permissions: block(bridgePermissions()) })),
    ...usersOf(book.roles.leaf).map((user) => ({ ...user, allowed_connection_types: ['LEAFNODE'] })),
  ];
  return { accounts: { ...system, [accountName]: { jetstream: 'enabled', users } } };
}

/** Who asks may be answered wherever the question says. */
function block({ publish, subscribe }: Permissions): Block {
  return {
    publish: { allow: publish },
    subscribe: { allow: subscribe },
    allow_responses: { max: 1000, expires: '10m' },
  };
}

function usersOf({ current, previous }: RoleUsers) {
  return previous === undefined ? [current] : [current, previous];
}

function withCredentials(url: string, credentials: string | undefined): string {
  const [user, password] = split(credentials);
  if (user === undefined) return url;
  const parts = new URL(url);
  parts.username = user;
  parts.password = password ?? '';
  return parts.toString().replace(/\/$/, '');
}

function split(credentials: string | undefined): readonly [string | undefined, string | undefined] {
  if (credentials === undefined) return [undefined, undefined];
  const at = credentials.indexOf(':');
  return at < 0 ? [credentials, ''] : [credentials.slice(0, at), credentials.slice(at + 1)];
}
