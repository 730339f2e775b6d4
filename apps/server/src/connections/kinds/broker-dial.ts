import { connect, isIP } from 'node:net';
import { toMesheryError } from '@meshery/errors';
import { reasonOf } from '@meshery/kube';
import { NatsDial } from '@meshery/messaging';
import type { EgressClient } from '../../egress/egress-client.ts';
import { brokenHop } from './broken-hop.ts';
import type { BrokenHop } from './broken-hop.ts';
import type { BrokerPlace } from './broker-place.ts';

const acceptMs = 3000;

/**
 * Dials a broker step by step, at an address that was looked at and may be called. Rejects with
 * `meshery-connection-1710` to `1714`, or `1704` for an address that is never called.
 */
export async function dialBroker(egress: EgressClient, { url, token, ca, servername }: BrokerPlace): Promise<NatsDial> {
  const { protocol, hostname, port } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, '');
  const at = port === '' ? 4222 : Number(port);
  const address = await openAddress(await addressesOf(egress, host), { host, at });
  const tls = { servername: servername ?? host, ...(ca === undefined ? {} : { ca }) };
  try {
    return await NatsDial.open({
      url: `nats://${isIP(address) === 6 ? `[${address}]` : address}:${String(at)}`,
      name: 'meshery-server',
      token: () => token,
      ...(protocol === 'tls:' || ca !== undefined ? { tls } : {}),
    });
  } catch (thrown) {
    throw refusal(thrown, host);
  }
}

async function addressesOf(egress: EgressClient, host: string): Promise<readonly string[]> {
  try {
    return await egress.addressesOf(host);
  } catch (thrown) {
    const { code, details } = toMesheryError(thrown);
    if (code === 'meshery-connection-1704') throw thrown;
    throw brokenHop({
      step: 'dns',
      message: `The name ${host} has no address (${String(details?.reason)}).`,
      probableCause: 'It is misspelt, or is only known in the network of the broker.',
      remedy: 'Correct the address of the broker, or name one that this server can resolve.',
      cause: thrown,
    });
  }
}

/** The first address that accepts a connection. */
async function openAddress(
  addresses: readonly string[],
  { host, at }: { readonly host: string; readonly at: number },
): Promise<string> {
  let reason = 'no address';
  for (const address of addresses) {
    const why = await whyClosed(address, at);
    if (why === undefined) return address;
    reason = why;
  }
  throw brokenHop({
    step: 'tcp',
    message: `Nothing accepts connections at ${host}:${String(at)} (${reason}).`,
    probableCause: 'The broker is stopped, its Service is not exposed, or a firewall is in the way.',
    remedy: 'Look whether the broker runs and its port is open; spec.service.type of a Broker says how it is exposed.',
  });
}

function whyClosed(host: string, port: number): Promise<string | undefined> {
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  const socket = connect({ host, port, timeout: acceptMs });
  const finish = (why: string | undefined): void => {
    socket.destroy();
    resolve(why);
  };
  socket.once('connect', () => {
    finish(undefined);
  });
  socket.once('timeout', () => {
    finish('no answer');
  });
  socket.once('error', (error) => {
    finish(reasonOf(error));
  });
  return promise;
}

const refusals: Readonly<Record<string, Pick<BrokenHop, 'step' | 'probableCause' | 'remedy'>>> = {
  'meshery-messaging-1506': {
    step: 'auth',
    probableCause: 'The token or password is wrong, missing, or was changed on one side only.',
    remedy: 'Enter the token or USER:PASSWORD that the broker knows.',
  },
  'meshery-messaging-1507': {
    step: 'tls',
    probableCause: 'Its certificate is of another authority, expired, or for another name; or it offers no TLS.',
    remedy:
      'Enter the certificate of its authority as "ca"; use tls:// for a broker with TLS, nats:// for one without.',
  },
};

function refusal(thrown: unknown, host: string): Error {
  const { code, message } = toMesheryError(thrown);
  const known = refusals[code] ?? {
    step: 'nats',
    probableCause: 'Another program listens there, or the broker is starting or overloaded.',
    remedy: 'Check that the address is the client port of a NATS server.',
  };
  return brokenHop({ ...known, message: `${host} was reached, but: ${message}`, cause: thrown });
}
