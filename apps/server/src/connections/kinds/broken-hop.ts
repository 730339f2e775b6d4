import { MesheryError } from '@meshery/errors';
import type { ErrorCode } from '@meshery/errors';

/** A code for each hop at which the way to a far side may end. */
const codes = {
  dns: 'meshery-connection-1710',
  tcp: 'meshery-connection-1711',
  tls: 'meshery-connection-1712',
  auth: 'meshery-connection-1713',
  nats: 'meshery-connection-1714',
  kubernetes: 'meshery-connection-1715',
  operator: 'meshery-connection-1716',
  meshsync: 'meshery-connection-1717',
  broker: 'meshery-connection-1718',
  store: 'meshery-connection-1719',
} as const satisfies Readonly<Record<string, ErrorCode>>;

const known: ReadonlySet<ErrorCode> = new Set(Object.values(codes));

/** What is known about the hop that fails. */
export interface BrokenHop {
  readonly step: keyof typeof codes;
  /** What is wrong, one sentence. */
  readonly message: string;
  readonly probableCause: string;
  readonly remedy: string;
  readonly cause?: unknown;
}

/** The hop that fails, as an error; `details.step` names it, too. */
export function brokenHop({ step, message, probableCause, remedy, cause }: BrokenHop): MesheryError {
  return new MesheryError(codes[step], message, { probableCause, remedy, details: { step }, cause });
}

/** True for an error that names the hop that fails. */
export function isBrokenHop({ code }: MesheryError): boolean {
  return known.has(code);
}
