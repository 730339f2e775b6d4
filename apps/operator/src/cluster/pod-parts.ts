import type { BrokerSpec } from '@meshery/contracts/crds';
import { amountOf } from './quantity.ts';

/** The user of all our images. */
const user = 65_532;

/** Security of a pod, as the restricted Pod Security Standard wants it. */
export const podSecurity = {
  runAsNonRoot: true,
  runAsUser: user,
  runAsGroup: user,
  fsGroup: user,
  seccompProfile: { type: 'RuntimeDefault' },
} as const;

/** Security of a container, as the restricted Pod Security Standard wants it. */
export const containerSecurity = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
} as const;

/** Images that move under one name are pulled always, as published; all others only when they are not there. */
export function pullPolicy(image: string, wanted: string | undefined): string {
  if (wanted !== undefined) return wanted;
  const tag = /:([^/:]+)$/.exec(image)?.[1] ?? 'latest';
  return tag === 'latest' || tag.endsWith('-latest') ? 'Always' : 'IfNotPresent';
}

type Resources = NonNullable<BrokerSpec['resources']>;

interface PlainResources {
  readonly requests: Readonly<Record<string, string>>;
  readonly limits: Readonly<Record<string, string>>;
}

/** What a container may use: the defaults, with what the user asks for instead. Each part is replaced as a whole. */
export function resourcesOf(wanted: Resources | undefined, defaults: PlainResources): PlainResources {
  const limits = wanted?.limits === undefined ? defaults.limits : canonical(wanted.limits);
  const requests =
    wanted?.requests === undefined ? withinLimits(defaults.requests, limits) : canonical(wanted.requests);
  return { requests, limits };
}

/** A default request above a limit of the user's own would be refused. */
function withinLimits(requests: Readonly<Record<string, string>>, limits: Readonly<Record<string, string>>) {
  return Object.fromEntries(
    Object.entries(requests).map(([name, amount]) => {
      const limit = limits[name];
      return [name, limit !== undefined && amountOf(limit) < amountOf(amount) ? limit : amount];
    }),
  );
}

/** As the API server gives amounts back, so far as people write them: "1000m" is "1", 1 is "1". */
function canonical(amounts: Readonly<Record<string, string | number>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(amounts).map(([name, amount]) => {
      const text = String(amount);
      const milli = /^(\d+)000m$/.exec(text)?.[1];
      return [name, milli ?? text];
    }),
  );
}
