import type { FuzzTarget } from './callers.ts';
import type { KnownValues } from './fuzz-document.ts';

/** Without GitHub: its address is a real one. */
const kinds = ['kubernetes', 'prometheus', 'grafana', 'adapter', 'meshsync'];
const clusterConfig = { server: 'https://127.0.0.1:9', configuration: {} };

/**
 * Makes records of every kind, so that requests meet some that are there, and gives their ids. Paths are matched by
 * their end, such as `/workspaces/{id}`; other names are those of parameters and fields.
 */
export async function seed(target: FuzzTarget): Promise<KnownValues> {
  const { organizations } = await target.ask<{ organizations: { id: string }[] }>(200, 'GET', '/api/identity/orgs');
  const { id: user } = await target.ask<{ id: string }>(200, 'GET', '/api/user');
  const organizationId = organizations.map(({ id }) => id);
  const made = new Seeds(target, organizationId[0] ?? '');
  const connectionId = await made.connections();
  const credentialId = await made.records('/api/integrations/credentials', {
    type: 'grafana',
    secret: { secret: 'x' },
  });
  const environmentId = await made.records('/api/environments');
  return {
    ...{ organizationId, organization_id: organizationId, orgId: organizationId, orgID: organizationId },
    ...{ connectionId, credentialId, environmentId, userId: [user], kind: kinds },
    '/workspaces': await made.records('/api/workspaces'),
    '/environments': environmentId,
    '/views': await made.records('/api/content/views', { filters: {} }),
    '/teams': await made.records('/api/identity/teams'),
    '/contexts': connectionId.slice(0, 2),
    ...(await made.events()),
  };
}

class Seeds {
  readonly #target: FuzzTarget;
  readonly #organizationId: string;

  constructor(target: FuzzTarget, organizationId: string) {
    this.#target = target;
    this.#organizationId = organizationId;
  }

  /** Two of each kind, none of which leads anywhere. */
  connections(): Promise<string[]> {
    const twice = [...kinds, ...kinds];
    return this.#each(twice, (kind, name) => {
      const metadata = kind === 'kubernetes' ? clusterConfig : { url: 'http://127.0.0.1:9' };
      return this.#make('/api/integrations/connections', { name, kind, metadata, url: 'http://127.0.0.1:9' });
    });
  }

  records(path: string, fields: object = {}): Promise<string[]> {
    return this.#each(['', '', '', ''], (_, name) => this.#make(path, { name, ...fields }));
  }

  async events(): Promise<KnownValues> {
    const ids = await this.#each(['', '', '', ''], (_, description) =>
      this.#make('/api/system/events', { category: 'fuzz', action: 'create', description }),
    );
    return { '/events': ids, '/status': ids, ids };
  }

  async #each(of: readonly string[], make: (each: string, name: string) => Promise<string>): Promise<string[]> {
    const ids: string[] = [];
    for (const [index, each] of of.entries()) ids.push(await make(each, `seed ${String(index)}`));
    return ids;
  }

  async #make(path: string, fields: object): Promise<string> {
    const body = { ...fields, organizationId: this.#organizationId };
    return (await this.#target.ask<{ id: string }>(201, 'POST', path, { body })).id;
  }
}
