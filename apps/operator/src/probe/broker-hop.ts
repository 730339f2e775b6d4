import type { MesheryError } from '@meshery/errors';
import { raceAbort } from '@meshery/kube';
import { createLogger } from '@meshery/observability';
import type { Clock } from '@meshery/observability';

/** Where and how the broker is asked. */
export interface BrokerHop {
  /** host:port. */
  readonly address: string;
  readonly token: string | undefined;
  /** PEM; TLS is spoken when it is there and the server wants it. */
  readonly ca: string | undefined;
  readonly tls: boolean;
  /** The name that its certificate has, where it is not in the address. */
  readonly servername?: string;
  readonly clock: Clock;
}

/** Connects as a client does, and goes again; answers why that is not possible, with a code. */
export async function askBroker(hop: BrokerHop, signal: AbortSignal): Promise<MesheryError | undefined> {
  // Loaded when a probe is asked for: the operator needs no client otherwise.
  const { NatsBroker } = await import('@meshery/messaging');
  const { address, token, ca, tls, clock, servername } = hop;
  const broker = new NatsBroker(
    {
      url: `${tls ? 'tls' : 'nats'}://${address}`,
      name: 'meshery-operator',
      ...(token === undefined ? {} : { token: () => token }),
      ...(ca === undefined || !tls ? {} : { tls: { ca, ...(servername === undefined ? {} : { servername }) } }),
    },
    { clock, logger: silent },
  );
  try {
    await raceAbort(broker.open(signal), signal);
    await raceAbort(broker.flush(), signal);
    return undefined;
  } catch {
    return broker.status().error;
  } finally {
    await broker.close();
  }
}

/** What a probe finds is in its result. */
const silent = createLogger({ service: 'operator', level: 'silent' });
