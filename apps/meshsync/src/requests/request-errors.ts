import { MesheryError } from '@meshery/errors';

/** Kinds of sessions. */
export type SessionKind = 'logs' | 'exec';

/** The message cannot be read as a request. */
export function requestMalformed(reason: string): MesheryError {
  return new MesheryError('meshery-core-1001', `The request cannot be served: ${reason}.`, {
    probableCause: 'The client wrote it in another form.',
    remedy: 'Compare it with docs/spec/messaging.md, section Requests.',
  });
}

/** The kind is switched off for this agent. */
export function kindNotAllowed(kind: SessionKind): MesheryError {
  const variable = kind === 'exec' ? 'MESHSYNC_ALLOW_EXEC' : 'MESHSYNC_ALLOW_LOGS';
  const what = kind === 'exec' ? 'Terminals' : 'Logs';
  return new MesheryError('meshery-auth-1202', `${what} are switched off in this cluster.`, {
    probableCause: 'Whoever may ask the agent could use them with its rights.',
    remedy: `Set ${variable}=true on the agent (meshsync) to allow them.`,
  });
}

/** All sessions are taken. */
export function tooManySessions(most: number): MesheryError {
  return new MesheryError('meshery-core-1005', `The agent serves ${String(most)} sessions already.`, {
    probableCause: 'Many logs and terminals are open, some of them perhaps forgotten.',
    remedy: 'Close one and try again, or raise MESHSYNC_MAX_SESSIONS on the agent.',
  });
}

/** The id is taken. */
export function sessionExists(id: string): MesheryError {
  return new MesheryError('meshery-core-1007', `There is a session ${id} already.`, {
    probableCause: 'The client asked twice with one id.',
    remedy: 'Choose another id, or stop that session first.',
  });
}

/** Nothing happened for long. */
export function sessionIdle(ms: number): MesheryError {
  return new MesheryError('meshery-core-1003', `Nothing happened for ${String(Math.round(ms / 1000))} s.`, {
    probableCause: 'The container is silent and nobody typed.',
    remedy: 'Open it again.',
  });
}

/** The client does not say that it got what was sent. */
export function clientTooSlow(ms: number): MesheryError {
  return new MesheryError(
    'meshery-core-1010',
    `The client did not acknowledge what it was sent for ${String(Math.round(ms / 1000))} s.`,
    { probableCause: 'The client ended, or reads too slowly.', remedy: 'Open it again and acknowledge in time.' },
  );
}

/** More was typed than the program reads. */
export function inputTooLarge(bytes: number): MesheryError {
  return new MesheryError('meshery-core-1006', `More than ${String(bytes)} bytes of input wait for the program.`, {
    probableCause: 'The program does not read its input.',
    remedy: 'Send less at once, or wait for the program.',
  });
}

/** The agent ends. */
export function agentStopping(): MesheryError {
  return new MesheryError('meshery-core-1004', 'The agent is shutting down.', {
    probableCause: 'It is restarted or updated.',
    remedy: 'Open it again in a moment.',
  });
}
