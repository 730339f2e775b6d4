import { once } from 'node:events';
import { connect } from 'node:net';
import { connect as secure } from 'node:tls';
import type { TLSSocket } from 'node:tls';

/** Where nats-server listens for other servers, whom to trust there, and by which name it is called. */
export interface Listener {
  readonly host: string;
  readonly port: number;
  readonly ca: string;
  readonly servername: string;
}

const ANSWER_MS = 30_000;

/** True when a listener for leaf nodes goes on with TLS only; rejects when its certificate is not to be trusted. */
export async function leafNeedsTls({ host, port, ...trust }: Listener): Promise<boolean> {
  const socket = connect(port, host);
  try {
    const [first] = (await within(socket, 'data')) as [Buffer];
    const info = JSON.parse(first.toString('utf8').replace(/^INFO /, '')) as { readonly tls_required?: boolean };
    if (info.tls_required !== true) return false;
    await within(secure({ socket, ...trust }), 'secureConnect');
    return true;
  } finally {
    socket.destroy();
  }
}

/**
 * Code of the error with which a listener for routes or gateways hangs up on who shows no certificate; undefined when it
 * does not. They begin with TLS.
 */
export async function refusal(listener: Listener): Promise<string | undefined> {
  const socket = secure(listener);
  try {
    await within(socket, 'secureConnect');
    await within(socket, 'data');
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code;
  } finally {
    socket.destroy();
  }
}

function within(socket: TLSSocket | ReturnType<typeof connect>, event: string): Promise<unknown[]> {
  return once(socket, event, { signal: AbortSignal.timeout(ANSWER_MS) });
}
