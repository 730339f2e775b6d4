import type { Step } from '@meshery/kube/reconcile';
import { kinds } from '../../cluster/kinds.ts';
import { ownedSecret, secretText } from '../broker-context.ts';
import type { BrokerContext } from '../broker-context.ts';
import { dueBook, durationMs, parseBook } from '../credentials.ts';
import type { BrokerUser } from '../credentials.ts';
import { authorityFiles, natsConfig } from '../nats-config.ts';
import type { BrokerLinks } from '../nats-config.ts';
import { readSecret } from './broker-deps.ts';
import type { BrokerDeps } from './broker-deps.ts';
import { serversKnow } from './servers-know.ts';

/** Annotation that asks for new credentials; any new value does. */
export const rotateAnnotation = 'meshery.io/rotate-credentials';

/** Pause before servers are asked again whether they know the newest credentials. */
const askAgainMs = 3000;

/** Key of the book of credentials in the configuration Secret; the servers do not mount it. */
const bookKey = 'users.json';

/** Credentials, made or renewed; first told to the servers, then given to clients. */
export function credentialStep(deps: BrokerDeps): Step<BrokerContext> {
  return {
    name: 'credentials',
    run: async (context, signal) => {
      const nextMs = await keepBook(deps, context, signal);
      await writeConfig(deps, context, signal);
      if (!(await handOut(deps, context, signal))) return { type: 'done', afterMs: askAgainMs };
      return nextMs === undefined ? { type: 'done' } : { type: 'done', afterMs: nextMs };
    },
  };
}

async function keepBook(deps: BrokerDeps, context: BrokerContext, signal: AbortSignal): Promise<number | undefined> {
  const { broker, names, spec } = context;
  const secret = await readSecret(deps, { namespace: names.namespace, name: names.config }, signal);
  const rotation = broker.metadata.annotations?.[rotateAnnotation] ?? '';
  const policy = { rotateAfterMs: durationMs(spec.auth?.rotateAfter), rotation, overlapMs: deps.credentialOverlapMs };
  const { book, nextMs } = dueBook(parseBook(secretText(secret, bookKey)), policy, deps.clock.now());
  context.book = book;
  return nextMs;
}

async function writeConfig(deps: BrokerDeps, context: BrokerContext, signal: AbortSignal): Promise<void> {
  const { names, spec, tls, book, clusterId, links } = context;
  if (book === undefined || clusterId === undefined || links === undefined) {
    throw new TypeError('what earlier steps find out is missing');
  }
  const config = natsConfig({ names, spec, book, tls, clusterId, links });
  const texts = { 'nats.conf': config.text, [bookKey]: JSON.stringify(book), ...authorityTexts(links) };
  await deps.owned.apply(kinds.secret, ownedSecret(context, names.config, texts), signal);
  context.config = config;
}

function authorityTexts({ leafAuthority, gatewayAuthority }: BrokerLinks): Readonly<Record<string, string>> {
  return {
    ...(leafAuthority === undefined ? {} : { [authorityFiles.leaf]: leafAuthority }),
    ...(gatewayAuthority === undefined ? {} : { [authorityFiles.gateway]: gatewayAuthority }),
  };
}

/** False while servers do not know the newest credentials yet: clients go on with those that they have. */
async function handOut(deps: BrokerDeps, context: BrokerContext, signal: AbortSignal): Promise<boolean> {
  const { names, spec, book } = context;
  if (book === undefined) return true;
  const withToken = spec.auth?.mode === 'token';
  const tokenOf = ({ current }: { readonly current: BrokerUser }): string =>
    withToken ? book.token.current : `${current.user}:${current.password}`;
  const { agent, bridge, leaf } = book.roles;
  const given = secretText(await readSecret(deps, { namespace: names.namespace, name: names.auth }, signal), 'token');
  const isNew = given !== undefined && given !== tokenOf(agent);
  if (isNew && !(await serversKnow(deps, context, tokenOf(agent), signal))) return false;
  await deps.owned.apply(kinds.secret, ownedSecret(context, names.auth, { token: tokenOf(agent) }), signal);
  await deps.owned.apply(kinds.secret, ownedSecret(context, names.bridge, { token: tokenOf(bridge) }), signal);
  const { user, password } = leaf.current;
  if (spec.clustering?.leafNodes?.accept === true) {
    const credentials = ownedSecret(context, names.leaf, { credentials: `${user}:${password}` });
    await deps.owned.apply(kinds.secret, credentials, signal);
  } else {
    await deps.owned.remove(kinds.secret, { namespace: names.namespace, name: names.leaf }, signal);
  }
  return true;
}
