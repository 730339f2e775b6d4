import { randomUUID } from 'node:crypto';
import { Providers } from '../src/provider/providers.ts';
import type { Caller } from './caller.ts';
import { Feed } from './feed.ts';
import type { TestServer } from './server-harness.ts';

/** Makes what the parameters of a route name, as the owner of the server; the values in the order of the parameters. */
export type Sample = (server: TestServer, owner: Caller) => Promise<readonly string[]>;

const user: Sample = (_server, owner) => Promise.resolve([owner.id]);
const record =
  (path: string): Sample =>
  async (_server, owner) => {
    const { body } = await owner.post(path, {
      name: 'sample',
      organizationId: owner.organizationId,
      visibility: 'public',
    });
    return [(body as { id: string }).id];
  };

const workspace = record('/api/workspaces');
const team = record('/api/identity/teams');

/** Designs have no REST of their own yet. */
const design: Sample = async (server, owner) => {
  const ctx = { user: { userId: owner.id, provider: 'Local' }, logger: { info: () => undefined } } as never;
  const draft = {
    name: 'sample',
    organizationId: owner.organizationId,
    visibility: 'public' as const,
    patternFile: '',
  };
  return [(await server.service.app.get<Providers>(Providers).of(ctx).designs.create(ctx, draft)).id];
};

const linked =
  (kind: string, other: Sample): Sample =>
  async (server, owner) => {
    const [[id = ''], [otherId = '']] = await Promise.all([workspace(server, owner), other(server, owner)]);
    await owner.post(`/api/workspaces/${id}/${kind}/${otherId}`);
    return [id, otherId];
  };

const joined: Sample = async (server, owner) => {
  const [id = ''] = await team(server, owner);
  await owner.post(`/api/identity/teams/${id}/users/${owner.id}`);
  return [id, owner.id];
};

/** Clusters belong to the whole server. */
const discovered: Sample = async (server) => {
  const feed = new Feed(server.store, randomUUID());
  await feed.open();
  const object = { name: 'sample', uid: randomUUID() };
  await feed.upsert(object);
  return [object.uid];
};

/**
 * What stands for the parameters of each route. A new route with parameters needs a line here: an object that belongs
 * to the owner, so that the matrix shows what an account of another organization gets.
 */
export const samples: Readonly<Record<string, Sample>> = {
  '/api/environments/:id': record('/api/environments'),
  '/api/workspaces/:id': workspace,
  '/api/workspaces/:id/environments': workspace,
  '/api/workspaces/:id/environments/:otherId': linked('environments', record('/api/environments')),
  '/api/workspaces/:id/designs': workspace,
  '/api/workspaces/:id/designs/:otherId': linked('designs', design),
  '/api/workspaces/:id/views': workspace,
  '/api/workspaces/:id/views/:otherId': linked('views', record('/api/content/views')),
  '/api/workspaces/:id/teams': workspace,
  '/api/workspaces/:id/teams/:otherId': linked('teams', team),
  '/api/content/views/:id': record('/api/content/views'),
  '/api/identity/teams/:id': team,
  '/api/identity/teams/:id/users': team,
  '/api/identity/teams/:id/users/:userId': joined,
  '/api/user/profile/:id': user,
  '/api/identity/users/profile/:id': user,
  '/api/system/meshsync/resources/:id': discovered,
};
