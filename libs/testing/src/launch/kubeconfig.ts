import { writeFileSync } from 'node:fs';

/** A kubeconfig to write. */
export interface KubeconfigOptions {
  readonly path: string;
  readonly server: string;
  /** Absent for plain HTTP. */
  readonly caPem?: string;
  readonly token?: string;
  /** Name of the context, the cluster and the user. */
  readonly name?: string;
}

/** Writes a kubeconfig with one context (as JSON, which is YAML) and gives its path. */
export function writeKubeconfig(options: KubeconfigOptions): string {
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
  writeFileSync(options.path, JSON.stringify(config, undefined, 2), { mode: 0o600 });
  return options.path;
}
