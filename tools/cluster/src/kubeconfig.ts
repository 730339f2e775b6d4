import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pkiPath } from './pki.ts';
import { writePrivately } from './state.ts';

/** Who a kubeconfig is for. */
interface KubeconfigSpec {
  /** Names the cluster, the user and the context. */
  readonly name: string;
  readonly server: string;
  /** The certificate in the cluster's folder `pki`. */
  readonly certificate: string;
  /** A bearer token beside the certificate, for clients that speak nothing else. */
  readonly token?: string;
}

/** The kubeconfig that people and tests use. */
export function adminKubeconfigPath(dir: string): string {
  return join(dir, 'kubeconfig');
}

/** Writes a kubeconfig with everything inline (JSON, which is YAML), so that it can be copied anywhere. */
export function writeKubeconfig(path: string, dir: string, spec: KubeconfigSpec): void {
  const inline = (file: string): string => readFileSync(pkiPath(dir, file)).toString('base64');
  const user = {
    'client-certificate-data': inline(`${spec.certificate}.crt`),
    'client-key-data': inline(`${spec.certificate}.key`),
    ...(spec.token === undefined ? {} : { token: spec.token }),
  };
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: spec.name, cluster: { server: spec.server, 'certificate-authority-data': inline('ca.crt') } }],
    users: [{ name: spec.name, user }],
    contexts: [{ name: spec.name, context: { cluster: spec.name, user: spec.name } }],
    'current-context': spec.name,
  };
  writePrivately(path, `${JSON.stringify(config, undefined, 2)}\n`);
}
