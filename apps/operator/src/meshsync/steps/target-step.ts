import { done } from '@meshery/kube/reconcile';
import type { Outcome, Step } from '@meshery/kube/reconcile';
import { brokerNames } from '../../broker/broker-names.ts';
import { secretText } from '../../broker/broker-context.ts';
import { kinds } from '../../cluster/kinds.ts';
import type { Broker, Secret } from '../../cluster/kinds.ts';
import { agentImage } from '../meshsync-versions.ts';
import { nativeBrokerOf, ownedBy } from '../meshsync-context.ts';
import type { BrokerRef, MeshSyncContext, Target } from '../meshsync-context.ts';
import type { MeshSyncDeps } from './meshsync-deps.ts';

/** What runs, and where it publishes to: credentials and authority are in a Secret beside the agent. */
export function targetStep(deps: MeshSyncDeps): Step<MeshSyncContext> {
  return {
    name: 'target',
    run: async (context, signal) => {
      const found = agentImage(context.spec, deps.images.meshsync);
      if (found === undefined) return unknownVersion(context.spec.version ?? '');
      context.image = found.image;
      context.version = found.version;
      const target = await targetOf(deps, context, signal);
      if ('type' in target) return target;
      context.target = target;
      await deps.owned.apply(kinds.secret, targetSecret(context, target), signal);
      return done;
    },
  };
}

function unknownVersion(version: string): Outcome {
  return {
    type: 'stalled',
    reason: 'UnknownVersion',
    message:
      `There is no image for version ${version} of MeshSync. Leave spec.version out, or name a repository that has ` +
      'it in spec.image.repository.',
  };
}

function targetOf(
  deps: MeshSyncDeps,
  context: MeshSyncContext,
  signal: AbortSignal,
): Target | Outcome | Promise<Target | Outcome> {
  const { server, broker } = context.spec;
  if (server !== undefined) return serverTarget(deps, context, server, signal);
  const ref = nativeBrokerOf(context.meshSync);
  if (ref !== undefined) return nativeTarget(deps, ref);
  const custom = broker?.custom;
  if (custom?.url !== undefined && custom.url !== '') return customTarget(deps, context, custom, signal);
  return {
    type: 'stalled',
    reason: 'NoBroker',
    message:
      'Name a Broker in spec.broker.native, the URL of another broker in spec.broker.custom.url, or a server in ' +
      'spec.server.',
  };
}

function nativeTarget(deps: MeshSyncDeps, ref: BrokerRef): Target | Outcome {
  const broker = deps.broker(ref);
  const host = broker?.status?.endpoint?.internal ?? '';
  if (broker === undefined || host === '') return brokerMissing(ref, broker);
  const { auth, ca } = brokerNames(broker.metadata);
  const read = (name: string, key: string): string | undefined =>
    secretText(deps.owned.get<Secret>(kinds.secret, { namespace: ref.namespace, name }), key);
  const token = read(auth, 'token');
  if (token === undefined) return brokerMissing(ref, broker);
  const tls = broker.status?.tls?.mode;
  return {
    url: `${tls === 'required' ? 'tls' : 'nats'}://${host}`,
    token,
    ca: tls === 'off' ? undefined : read(ca, 'ca.crt'),
  };
}

function brokerMissing({ namespace, name }: BrokerRef, broker: Broker | undefined): Outcome {
  return {
    type: 'waiting',
    reason: 'BrokerNotReady',
    message:
      broker === undefined
        ? `There is no Broker ${name} in namespace ${namespace}: make it, or correct spec.broker.native.`
        : `Broker ${name} in namespace ${namespace} has no endpoint yet: look at its conditions.`,
  };
}

type Custom = NonNullable<NonNullable<MeshSyncContext['spec']['broker']>['custom']>;

async function customTarget(
  deps: MeshSyncDeps,
  { names }: MeshSyncContext,
  { url = '', credentialsSecret, caSecret }: Custom,
  signal: AbortSignal,
): Promise<Target | Outcome> {
  const { namespace } = names;
  const read = async (name: string, key: string): Promise<string | undefined> =>
    secretText(await deps.client.get<Secret>(kinds.secret, { namespace, name }, signal), key)?.trim();
  const token = credentialsSecret === undefined ? undefined : await read(credentialsSecret, 'token');
  const ca = caSecret === undefined ? undefined : await read(caSecret, 'ca.crt');
  const missing = [
    ...(credentialsSecret !== undefined && token === undefined ? [`${credentialsSecret} with the key token`] : []),
    ...(caSecret !== undefined && ca === undefined ? [`${caSecret} with the key ca.crt`] : []),
  ];
  if (missing.length === 0) return { url, token, ca };
  return {
    type: 'waiting',
    reason: 'CredentialsMissing',
    message: `Make Secret ${missing.join(' and ')} in this namespace.`,
    afterMs: 30_000,
  };
}

function serverTarget(
  deps: MeshSyncDeps,
  context: MeshSyncContext,
  { address, tokenSecret, caSecret }: NonNullable<MeshSyncContext['spec']['server']>,
  signal: AbortSignal,
): Promise<Target | Outcome> {
  const ca = caSecret === undefined ? {} : { caSecret };
  return customTarget(deps, context, { url: `grpcs://${address}`, credentialsSecret: tokenSecret, ...ca }, signal);
}

/** Always there, so that the pod can mount it. */
function targetSecret(context: MeshSyncContext, { token, ca }: Target) {
  const texts = { ...(token === undefined ? {} : { token }), ...(ca === undefined ? {} : { 'ca.crt': ca }) };
  const data = Object.fromEntries(
    Object.entries(texts).map(([key, text]) => [key, Buffer.from(text, 'utf8').toString('base64')]),
  );
  return ownedBy(context, context.names.broker, { apiVersion: 'v1', kind: 'Secret', type: 'Opaque', data });
}
