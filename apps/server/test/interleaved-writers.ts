import { Providers } from '../src/provider/providers.ts';
import { Caller } from './caller.ts';
import { userContext } from './served-agent.ts';
import type { TestServer } from './server-harness.ts';

const rounds = 15;

/** The metadata of a connection after users and health tests wrote to it at the same time, at all of the servers. */
export async function metadataAfterWriters(servers: readonly TestServer[], id: string): Promise<unknown> {
  const path = `/api/integrations/connections/${id}`;
  const writers = servers.flatMap((server, place) =>
    Array.from({ length: rounds }, async (_, round) => {
      const ctx = userContext();
      const { connections } = server.service.app.get(Providers).of(ctx);
      const [user, health] = await Promise.all([
        Caller.owner(server).put(path, { metadata: { [`user-${String(place)}-${String(round)}`]: true } }),
        connections.update(ctx, id, { metadata: { [`health-${String(place)}-${String(round)}`]: true } }),
      ]);
      return [user.status, health.id];
    }),
  );
  await Promise.all(writers);
  const ctx = userContext();
  return (await servers[0]?.service.app.get(Providers).of(ctx).connections.get(ctx, id))?.metadata;
}

/** What all of those writers wrote. */
export function allWritten(servers: number): Readonly<Record<string, true>> {
  const keys = Array.from({ length: servers }, (_, place) =>
    Array.from({ length: rounds }, (__, round) =>
      ['user', 'health'].map((who) => `${who}-${String(place)}-${String(round)}`),
    ),
  );
  return Object.fromEntries(keys.flat(2).map((key) => [key, true]));
}
