import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { createKubeTransport, inClusterAccess } from '@meshery/kube';
import { KubeClient } from '@meshery/kube/reconcile';
import { systemClock } from '@meshery/observability';
import type { Logger } from '@meshery/observability';
import type { BridgeConfig } from './config.ts';
import { LeasedShare } from './sharing/leased-share.ts';
import { wholeShare } from './sharing/link-share.ts';
import type { LinkShare } from './sharing/link-share.ts';

const clock = systemClock;
const namespaceFile = '/var/run/secrets/kubernetes.io/serviceaccount/namespace';

/** Replicas in a pod share the brokers of clusters through Leases beside them; any other bridge is alone. */
export async function openShare(config: BridgeConfig, logger: Logger): Promise<LinkShare> {
  const { kubeHost: host, kubePort: port, inCluster, kubeconfigs } = config;
  const namespace = await ownNamespace();
  const ofClusters = inCluster || kubeconfigs !== undefined;
  if (!ofClusters || host === undefined || namespace === undefined) return wholeShare;
  const transport = createKubeTransport(await inClusterAccess({ host, port, clock }), { clock });
  // The name of a pod comes again where a StatefulSet makes it.
  const identity = `${hostname()}-${randomBytes(3).toString('hex')}`.toLowerCase();
  const client = new KubeClient({ transport, clock });
  logger.info({ namespace, identity }, 'links are shared with other replicas');
  return new LeasedShare({ client, namespace, identity, clock, random: Math.random, logger });
}

async function ownNamespace(): Promise<string | undefined> {
  try {
    return (await readFile(namespaceFile, 'utf8')).trim();
  } catch {
    // No pod, or one without an account.
    return undefined;
  }
}
