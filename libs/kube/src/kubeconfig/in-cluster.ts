import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '@meshery/observability';
import { kubeconfigUnreadable } from '../kube-errors.ts';
import type { ClusterAccess } from './cluster-access.ts';
import { fileTokenCredential } from './credential.ts';

/** Where a pod finds its API server; values come from the app's configuration. */
export interface InClusterLocation {
  /** KUBERNETES_SERVICE_HOST. */
  readonly host: string;
  /** KUBERNETES_SERVICE_PORT. */
  readonly port: string;
  /** Folder of the service account; the standard mount when absent. */
  readonly serviceAccountDir?: string;
  readonly clock: Clock;
}

const standardMount = '/var/run/secrets/kubernetes.io/serviceaccount';

/** Access of the pod's own service account; the token is read again while the process runs. Rejects with `meshery-kube-1300`. */
export async function inClusterAccess(location: InClusterLocation): Promise<ClusterAccess> {
  const folder = location.serviceAccountDir ?? standardMount;
  const caFile = join(folder, 'ca.crt');
  const host = location.host.includes(':') ? `[${location.host}]` : location.host;
  try {
    const ca = await readFile(caFile, 'utf8');
    return {
      contextName: 'in-cluster',
      clusterName: 'in-cluster',
      server: `https://${host}:${location.port}`,
      ca,
      cert: undefined,
      key: undefined,
      tlsServerName: undefined,
      insecureSkipTlsVerify: false,
      proxyUrl: undefined,
      credential: fileTokenCredential(join(folder, 'token'), location.clock),
    };
  } catch (error) {
    throw kubeconfigUnreadable(caFile, error);
  }
}
