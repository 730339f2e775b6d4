import { errorTable, MesheryError } from '@meshery/errors';
import type { ErrorCode } from '@meshery/errors';
import type { SentError } from '@meshery/contracts';

/** Nobody serves requests for the cluster. */
export function clusterNotServed(clusterId: string): MesheryError {
  return new MesheryError('meshery-core-1008', 'No agent of this cluster takes requests now.', {
    probableCause: 'Its agent or its bridge is not connected to this server, or is of an earlier version.',
    remedy: 'Look at the condition of the cluster and at /statusz of its agent (meshsync).',
    details: { clusterId },
  });
}

/** The way to the agent is gone, and the session with it. */
export function agentLost(): MesheryError {
  return new MesheryError('meshery-messaging-1500', 'The connection to the agent of the cluster was lost.', {
    probableCause: 'The agent or its bridge was restarted, or the network between was cut.',
    remedy: 'Open it again in a moment; they connect again by themselves.',
  });
}

/** The agent did not answer in time. */
export function agentSilent(ms: number): MesheryError {
  return new MesheryError(
    'meshery-messaging-1504',
    `The agent of the cluster did not answer for ${String(Math.round(ms / 1000))} s.`,
    {
      probableCause: 'It is overloaded or hangs.',
      remedy: 'Try again; then look at /statusz of the agent (meshsync).',
    },
  );
}

/** More is asked at once than a caller of Serve may have to answer. */
export function tooManyRequests(most: number): MesheryError {
  return new MesheryError('meshery-core-1005', `${String(most)} requests are open on this connection already.`, {
    probableCause: 'Many logs and terminals are open, some of them perhaps forgotten.',
    remedy: 'Close one and try again.',
  });
}

/** More is to be sent to the agent than the connection takes. */
export function inputTooFast(bytes: number): MesheryError {
  return new MesheryError('meshery-core-1006', `More than ${String(bytes)} bytes wait to be sent to the agent.`, {
    probableCause: 'The connection to the agent is slow or stands still.',
    remedy: 'Send less at once.',
  });
}

/** What the agent sent is not what it may send. */
export function answerUnusable(reason: string): MesheryError {
  return new MesheryError('meshery-messaging-1503', `An answer of the agent is of no use: ${reason}.`, {
    probableCause: 'A message was lost on the way, or the agent is of another version.',
    remedy: 'Open it again; if it happens again, update the agent (meshsync).',
  });
}

/** This server ends. */
export function serverStopping(): MesheryError {
  return new MesheryError('meshery-core-1004', 'The server is shutting down.', {
    probableCause: 'It is restarted or updated.',
    remedy: 'Open it again in a moment.',
  });
}

/** What an agent says went wrong, as an error of ours. */
export function agentError({ code, message, probableCause, remedy }: SentError): MesheryError {
  return new MesheryError(isCode(code) ? code : 'meshery-core-1000', message, {
    ...(probableCause === undefined ? {} : { probableCause }),
    ...(remedy === undefined ? {} : { remedy }),
    ...(isCode(code) ? {} : { details: { code } }),
  });
}

function isCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorTable, code);
}
