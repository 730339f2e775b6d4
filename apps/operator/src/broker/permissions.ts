import { batchSubject, controlSubject, openSubject, publishedSubjects } from '@meshery/contracts';

/** What a user of nats-server may do. */
export interface Permissions {
  readonly publish: readonly string[];
  readonly subscribe: readonly string[];
}

const stream = 'MESHERY_INVENTORY';
const inbox = '_INBOX.>';
const requests = 'meshery.requests.v1';

/**
 * An agent publishes what it found in its own cluster, and answers requests. Of JetStream it may only make sure that
 * the stream is there.
 */
export function agentPermissions(clusterId: string): Permissions {
  const { core, request, logs, activeSessions, meta, store } = publishedSubjects;
  return {
    publish: [
      batchSubject(clusterId),
      openSubject(clusterId),
      core,
      logs,
      activeSessions,
      meta,
      store,
      'exec.>',
      '$JS.API.INFO',
      ...['INFO', 'CREATE', 'UPDATE'].map((verb) => `$JS.API.STREAM.${verb}.${stream}`),
      inbox,
    ],
    subscribe: [controlSubject(clusterId), request, `${requests}.${clusterId}.>`, 'input.exec.>', inbox],
  };
}

/**
 * What stays with its own broker when another one is joined as a leaf: both have streams of the same subjects, and each
 * would store the other's batches, which nobody takes out.
 */
export const ownSubjects: readonly string[] = [
  'meshery.>',
  'meshery-server.>',
  publishedSubjects.meta,
  publishedSubjects.activeSessions,
  '$JS.>',
];

/** Bridge and server take what agents publish, ask them, and own the streams. */
export function bridgePermissions(): Permissions {
  const { request } = publishedSubjects;
  return {
    publish: [
      'meshery.inventory.v1.*.control',
      request,
      `${requests}.>`,
      'input.exec.>',
      'meshery.parked',
      'meshery.probe.>',
      '$JS.API.>',
      '$JS.ACK.>',
      '$JS.FC.>',
      inbox,
    ],
    subscribe: ['meshery.>', 'meshery-server.>', 'meshsync-meta', 'active_sessions.exec', 'exec.>', inbox],
  };
}
