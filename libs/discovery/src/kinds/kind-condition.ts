import { KindState } from '@meshery/contracts';
import type { ApiResource, StreamEnd, StreamOutcome } from '@meshery/kube';

/** The state of a kind with its reason. */
export interface KindCondition {
  readonly state: KindState;
  readonly reason: string;
  readonly message: string;
  /** What the API server did not answer as it should. */
  readonly verb?: 'list' | 'watch';
}

/** The kind is wanted and its first answer is awaited; said at once, so that no cluster looks in sync too early. */
export const waiting: KindCondition = { state: KindState.KIND_STATE_SYNCING, reason: 'Waiting', message: '' };
/** A snapshot is under way. */
export const syncing: KindCondition = { state: KindState.KIND_STATE_SYNCING, reason: 'Listing', message: '' };
/** The watch is live. */
export const synced: KindCondition = { state: KindState.KIND_STATE_SYNCED, reason: 'Watching', message: '' };
/** The kind is not served any more. */
export const removed: KindCondition = {
  state: KindState.KIND_STATE_REMOVED,
  reason: 'NotServed',
  message: 'The API server no longer serves this kind.',
};

/** A kind that was left out on purpose. */
export function excluded(why: string): KindCondition {
  return { state: KindState.KIND_STATE_EXCLUDED, reason: 'LeftOut', message: `The kind is not watched: ${why}.` };
}

/** What the end of an attempt means for a person; undefined when it is part of normal life. */
export function conditionOf(ended: StreamOutcome, resource: ApiResource): KindCondition | undefined {
  const state = states[ended.end];
  if (state === undefined) return undefined;
  const { reason, verb } = ended;
  return { state, reason, message: messageOf(ended, resource), ...(verb === undefined ? {} : { verb }) };
}

/** States by end; ends that are part of normal life have none. */
const states: Readonly<Record<StreamEnd, KindState | undefined>> = {
  ended: undefined,
  snapshot: undefined,
  fallback: undefined,
  quiet: undefined,
  forbidden: KindState.KIND_STATE_FORBIDDEN,
  unsupported: KindState.KIND_STATE_UNSUPPORTED,
  expired: KindState.KIND_STATE_LAGGING,
  throttled: KindState.KIND_STATE_LAGGING,
  'server-error': KindState.KIND_STATE_LAGGING,
  broken: KindState.KIND_STATE_LAGGING,
  stalled: KindState.KIND_STATE_LAGGING,
  unreachable: KindState.KIND_STATE_LAGGING,
};

function messageOf(ended: StreamOutcome, resource: ApiResource): string {
  const name = resource.group === '' ? resource.plural : `${resource.plural}.${resource.group}`;
  if (ended.reason === 'Unauthorized') return `${ended.message} Renew the credential of the agent.`;
  if (ended.end !== 'forbidden') return ended.message;
  return `May not list and watch ${name}: ${ended.message} Grant verbs list and watch on ${name} with a ClusterRole; it is tried again by itself.`;
}
