import { isAbsolute, resolve } from 'node:path';
import { parse } from 'yaml';
import { kubeconfigMalformed } from '../kube-errors.ts';
import type { ClusterEntry, ContextEntry, ExecPlugin, Kubeconfig, UserEntry } from './kubeconfig-model.ts';

/** Largest kubeconfig accepted, in UTF-16 units. */
const maxKubeconfigLength = 4 * 1024 * 1024;

/**
 * Parses one kubeconfig document (YAML or JSON). `baseDir` resolves relative file references; without it they stay as
 * they are. Throws `meshery-kube-1301`, which names the field and never its value.
 */
export function parseKubeconfig(text: string, baseDir?: string): Kubeconfig {
  if (text.length > maxKubeconfigLength) throw kubeconfigMalformed('the document', 'it is larger than 4 MB');
  const root = asRecord(parseYaml(text), 'the document');
  const current = optionalString(root['current-context'], 'current-context');
  return {
    clusters: namedEntries(root['clusters'], 'clusters', (name, item) => readCluster(name, item, baseDir)),
    users: namedEntries(root['users'], 'users', (name, item) => readUser(name, item, baseDir)),
    contexts: namedEntries(root['contexts'], 'contexts', readContext),
    currentContext: current === '' ? undefined : current,
  };
}

/** Merges kubeconfigs as kubectl does: the first file that names an entry, or a current context, wins. */
export function mergeKubeconfigs(configs: readonly Kubeconfig[]): Kubeconfig {
  const clusters = new Map<string, ClusterEntry>();
  const users = new Map<string, UserEntry>();
  const contexts = new Map<string, ContextEntry>();
  for (const config of configs) {
    addMissing(clusters, config.clusters);
    addMissing(users, config.users);
    addMissing(contexts, config.contexts);
  }
  const currentContext = configs.find((config) => config.currentContext !== undefined)?.currentContext;
  return { clusters, users, contexts, currentContext };
}

function addMissing<T>(target: Map<string, T>, source: ReadonlyMap<string, T>): void {
  for (const [name, entry] of source) if (!target.has(name)) target.set(name, entry);
}

function parseYaml(text: string): unknown {
  try {
    return parse(text, { maxAliasCount: 100, prettyErrors: false });
  } catch (error) {
    throw kubeconfigMalformed('the document', 'it is not YAML', error);
  }
}

type Fields = Readonly<Record<string, unknown>>;

function asRecord(value: unknown, where: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw kubeconfigMalformed(where, 'a mapping is expected');
  }
  return value as Fields;
}

function asList(value: unknown, where: string): readonly unknown[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw kubeconfigMalformed(where, 'a list is expected');
  return value;
}

function optionalString(value: unknown, where: string): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  throw kubeconfigMalformed(where, 'a text is expected');
}

function requiredString(value: unknown, where: string): string {
  const text = optionalString(value, where);
  if (text === undefined || text === '') throw kubeconfigMalformed(where, 'it is missing');
  return text;
}

function namedEntries<T>(
  value: unknown,
  field: string,
  read: (name: string, item: Fields) => T,
): ReadonlyMap<string, T> {
  const entries = new Map<string, T>();
  asList(value, field).forEach((raw, index) => {
    const item = asRecord(raw, `${field}[${String(index)}]`);
    const name = requiredString(item['name'], `${field}[${String(index)}].name`);
    if (!entries.has(name)) entries.set(name, read(name, item));
  });
  return entries;
}

function filePath(value: unknown, where: string, baseDir: string | undefined): string | undefined {
  const path = optionalString(value, where);
  if (path === undefined || path === '') return undefined;
  return baseDir === undefined || isAbsolute(path) ? path : resolve(baseDir, path);
}

function readCluster(name: string, item: Fields, baseDir: string | undefined): ClusterEntry {
  const where = `clusters["${name}"]`;
  const cluster = asRecord(item['cluster'], `${where}.cluster`);
  const server = requiredString(cluster['server'], `${where}.server`);
  if (!/^https?:$/.test(URL.parse(server)?.protocol ?? '')) {
    throw kubeconfigMalformed(`${where}.server`, 'an http or https URL is expected');
  }
  return {
    name,
    server,
    caFile: filePath(cluster['certificate-authority'], `${where}.certificate-authority`, baseDir),
    caData: optionalString(cluster['certificate-authority-data'], `${where}.certificate-authority-data`),
    insecureSkipTlsVerify: cluster['insecure-skip-tls-verify'] === true,
    tlsServerName: optionalString(cluster['tls-server-name'], `${where}.tls-server-name`),
    proxyUrl: optionalString(cluster['proxy-url'], `${where}.proxy-url`),
  };
}

function readContext(name: string, item: Fields): ContextEntry {
  const where = `contexts["${name}"]`;
  const context = asRecord(item['context'], `${where}.context`);
  return {
    name,
    cluster: requiredString(context['cluster'], `${where}.cluster`),
    user: optionalString(context['user'], `${where}.user`),
    namespace: optionalString(context['namespace'], `${where}.namespace`),
  };
}

function readUser(name: string, item: Fields, baseDir: string | undefined): UserEntry {
  const where = `users["${name}"]`;
  const user = asRecord(item['user'] ?? {}, `${where}.user`);
  const text = (field: string): string | undefined => optionalString(user[field], `${where}.${field}`);
  const path = (field: string): string | undefined => filePath(user[field], `${where}.${field}`, baseDir);
  const provider = user['auth-provider'];
  return {
    name,
    certFile: path('client-certificate'),
    certData: text('client-certificate-data'),
    keyFile: path('client-key'),
    keyData: text('client-key-data'),
    token: text('token'),
    tokenFile: path('tokenFile'),
    username: text('username'),
    password: text('password'),
    exec: user['exec'] === undefined || user['exec'] === null ? undefined : readExec(user['exec'], where),
    authProvider: provider === undefined || provider === null ? undefined : providerName(provider, where),
  };
}

function providerName(value: unknown, where: string): string {
  return requiredString(asRecord(value, `${where}.auth-provider`)['name'], `${where}.auth-provider.name`);
}

function readExec(value: unknown, user: string): ExecPlugin {
  const where = `${user}.exec`;
  const exec = asRecord(value, where);
  return {
    apiVersion: requiredString(exec['apiVersion'], `${where}.apiVersion`),
    command: requiredString(exec['command'], `${where}.command`),
    args: asList(exec['args'], `${where}.args`).map((argument) => requiredString(argument, `${where}.args`)),
    env: asList(exec['env'], `${where}.env`).map((pair) => {
      const fields = asRecord(pair, `${where}.env`);
      return {
        name: requiredString(fields['name'], `${where}.env`),
        value: optionalString(fields['value'], `${where}.env`) ?? '',
      };
    }),
  };
}
