import { randomUUID } from 'node:crypto';
import { designDraft } from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import { organizationRoles, permissionKeys } from '../src/access/permissions/permission-keys.ts';
import { later } from '../src/openapi/features/later.ts';
import { definitionId } from '../src/registry/connection-definitions/kept-definitions.ts';
import { registry } from '../src/openapi/features/registry.ts';
import { telemetry } from '../src/openapi/features/telemetry.ts';
import { Operations } from '../src/operations/operations.ts';
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

/** What the owner would ask with, where there is no route that makes something. */
function contextOf(owner: Caller): RequestContext {
  const user = { userId: owner.id, provider: 'Local', name: 'sample', roles: ['admin'] };
  const parts = { user, tenant: 'default', requestId: 'sample', signal: new AbortController().signal };
  return { ...parts, logger: { info: () => undefined } } as unknown as RequestContext;
}

/** Designs have no REST of their own yet. */
const design: Sample = async (server, owner) => {
  const ctx = contextOf(owner);
  const draft = designDraft.parse({ name: 'sample', organizationId: owner.organizationId, visibility: 'public' });
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

const keychain = record('/api/auth/keychains');
const [viewerRole] = organizationRoles;
const [anyKey] = permissionKeys;

/** A keychain with a key. */
const keyed: Sample = async (server, owner) => {
  const [id = ''] = await keychain(server, owner);
  await owner.post(`/api/auth/keychains/${id}/${anyKey?.id ?? ''}`);
  return [id, anyKey?.id ?? ''];
};

/** A keychain of a role. */
const ofRole: Sample = async (server, owner) => {
  const [id = ''] = await keychain(server, owner);
  const ids = [owner.organizationId, viewerRole?.id ?? ''];
  await owner.post(`/api/identity/orgs/${ids.join('/roles/')}/keychains/${id}`);
  return [...ids, id];
};

const madeRole: Sample = async (_server, owner) => {
  const { organizationId } = owner;
  const draft = { roleName: `sample-${randomUUID()}` };
  const { body } = await owner.post(`/api/identity/orgs/${organizationId}/roles`, draft);
  return [organizationId, (body as { id: string }).id];
};

const organization: Sample = async (_server, owner) => {
  const { body } = await owner.post('/api/identity/orgs', { name: `sample-${randomUUID()}` });
  return [(body as { id: string }).id];
};

/** Somebody who is in a second organization. */
const member: Sample = async (server, owner) => {
  const [[organizationId = ''], [userId = '']] = [await organization(server, owner), await account(server, owner)];
  await owner.post(`/api/identity/orgs/${organizationId}/users/${userId}`);
  return [organizationId, userId];
};

/** Clusters belong to the whole server. */
const discovered: Sample = async (server) => {
  const feed = new Feed(server.store, randomUUID());
  await feed.open();
  const object = { name: 'sample', uid: randomUUID() };
  await feed.upsert(object);
  return [object.uid];
};

/** An account beside the owner's: nobody takes their own away. */
const account: Sample = async (_server, owner) => {
  const draft = { name: `sample-${randomUUID()}`, organizationId: owner.organizationId };
  return [((await owner.post('/api/identity/users', draft)).body as { id: string }).id];
};

const operation: Sample = async (server, owner) => {
  const draft = { category: 'sample', action: 'wait', subject: 'nothing', organizationId: owner.organizationId };
  const work = (): Promise<void> => Promise.resolve();
  const operations = server.service.app.get(Operations, { strict: false });
  return [(await operations.begin(contextOf(owner), { ...draft, targets: [] }, work)).id];
};

const posted =
  (path: string, fields: object): Sample =>
  async (_server, owner) => {
    const { body } = await owner.post(path, { name: 'sample', organizationId: owner.organizationId, ...fields });
    return [(body as { id: string }).id];
  };

const connection = posted('/api/integrations/connections', { kind: 'kubernetes', status: 'discovered' });
const event = posted('/api/system/events', {
  action: 'view',
  category: 'sample',
  description: 's',
  severity: 'warning',
});
const credential = posted('/api/integrations/credentials', { type: 'grafana', secret: { secret: 'sample' } });
const serviceToken = posted('/api/identity/tokens', { role: 'viewer', expiresInDays: 1 });

const placed: Sample = async (server, owner) => {
  const [id = ''] = await record('/api/environments')(server, owner);
  const [connectionId = ''] = await connection(server, owner);
  await owner.post(`/api/environments/${id}/connections/${connectionId}`);
  return [id, connectionId];
};

/** A server of metrics that is not there: whoever may ask finds out, the others are refused before. */
function telemetrySamples(): Readonly<Record<string, Sample>> {
  const paths = Object.keys(telemetry.routes).map((route) => route.split(' ')[1] ?? '');
  const made = (path: string): Sample => {
    const kind = path.includes('/grafana/') ? 'grafana' : 'prometheus';
    const one = posted('/api/integrations/connections', { kind, status: 'discovered', url: 'http://127.0.0.1:1' });
    return async (server, owner) => [...(await one(server, owner)), ...(path.endsWith(':uid') ? ['uid'] : [])];
  };
  return Object.fromEntries(paths.map((path) => [path, made(path)]));
}

/**
 * The registry is the whole server's, and a name that nothing has finds an empty list. What has no function yet takes any
 * name.
 */
function registrySamples(): Readonly<Record<string, Sample>> {
  const routes = [registry, ...later].flatMap((feature) => Object.keys(feature.routes));
  const paths = routes.flatMap((route) => (route.includes(':') ? (route.split(' ')[1] ?? '') : []));
  const samplesOf = (path: string): [string, Sample] => [
    path,
    () => Promise.resolve(Array.from(path.matchAll(/:/g), () => 'sample')),
  ];
  return Object.fromEntries(paths.map(samplesOf));
}

/** One that the server keeps whatever is asked. */
const builtInKind: Sample = () => Promise.resolve([definitionId('kubernetes')]);

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
  '/api/identity/users/:id': account,
  '/api/identity/users/:id/code': account,
  '/api/identity/orgs/:orgID/users/keys': (_server, owner) => Promise.resolve([owner.organizationId]),
  '/api/identity/tokens/:id': serviceToken,
  '/api/integrations/credentials/:credentialId': credential,
  '/api/integrations/connections/register/:registrationId': () => Promise.resolve([randomUUID()]),
  '/api/integrations/connections/:connectionId': connection,
  '/api/integrations/connections/:connectionId/history': connection,
  '/api/integrations/connections/:connectionId/ping': connection,
  '/api/integrations/connections/:connectionId/check': connection,
  '/api/integrations/connections/:connectionId/actions': connection,
  '/api/integrations/connections/:connectionId/controllers': connection,
  '/api/integrations/connections/:connectionId/controllers/config': connection,
  '/api/environments/:id/connections': record('/api/environments'),
  '/api/environments/:id/connections/:connectionId': placed,
  '/api/system/events/status/:id': event,
  '/api/system/events/:id': event,
  '/api/system/operations/:id': operation,
  '/api/system/operations/:id/cancel': operation,
  '/api/system/kubernetes/contexts/:id': connection,
  '/api/schema/resource/:resourceName': () => Promise.resolve(['workspace']),
  '/api/user/profile/:id': user,
  '/api/identity/users/profile/:id': user,
  '/api/system/meshsync/resources/:id': discovered,
  '/api/auth/keychains/:keychainId': keychain,
  '/api/auth/keychains/:keychainId/keys': keychain,
  '/api/auth/keychains/:keychainId/:keyId': keyed,
  '/api/identity/orgs/:orgID': organization,
  '/api/identity/orgs/:orgID/users/:userId': member,
  '/api/identity/orgs/:orgID/roles': (_server, owner) => Promise.resolve([owner.organizationId]),
  '/api/identity/orgs/:orgID/roles/:roleId': madeRole,
  '/api/identity/orgs/:orgID/roles/:roleId/keychains': ofRole,
  '/api/identity/orgs/:orgID/roles/:roleId/keychains/:keychainId': ofRole,
  ...registrySamples(),
  '/api/registry/connections/:connectionDefinitionId': builtInKind,
  '/api/meshmodels/connections/:connectionDefinitionId': builtInKind,
  ...telemetrySamples(),
};
