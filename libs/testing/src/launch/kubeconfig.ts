import { writeFileSync } from 'node:fs';

/** What a kubeconfig says. */
export interface KubeconfigFacts {
  readonly server: string;
  /** Absent for plain HTTP. */
  readonly caPem?: string;
  readonly token?: string;
  /** Name of the context, the cluster and the user. */
  readonly name?: string;
}

/** A kubeconfig to write. */
export interface KubeconfigOptions extends KubeconfigFacts {
  readonly path: string;
}

/** A kubeconfig with one context (as JSON, which is YAML). */
export function kubeconfigText(options: KubeconfigFacts): string {
  const name = options.name ?? 'test';
  const authority =
    options.caPem === undefined ? {} : { 'certificate-authority-data': Buffer.from(options.caPem).toString('base64') };
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name, cluster: { server: options.server, ...authority } }],
    users: [{ name, user: options.token === undefined ? {} : { token: options.token } }],
    contexts: [{ name, context: { cluster: name, user: name } }],
    'current-context': name,
  };
  return JSON.stringify(config, undefined, 2);
}

/** Writes a kubeconfig and gives its path. */
export function writeKubeconfig(options: KubeconfigOptions): string {
  writeFileSync(options.path, kubeconfigText(options), { mode: 0o600 });
  return options.path;
}
