import type {
  Environment,
  EnvironmentDraft,
  EnvironmentPatch,
  Workspace,
  WorkspaceDraft,
  WorkspacePatch,
} from '@meshery/object-model';
import { localProviderName } from '@meshery/security';
import type { Sealer } from '@meshery/security';
import type { EnvironmentFilter, Events, People, Provider, WorkspaceFilter } from '../provider.ts';
import { LocalCollection } from './local-collection.ts';
import { LocalEvents } from './local-events.ts';
import { LocalConnections } from './local-connections.ts';
import { LocalCredentials } from './local-credentials.ts';
import { LocalLinks } from './local-links.ts';
import type { LocalParts } from './local-parts.ts';
import { LocalPeople } from './local-people.ts';

/** Keeps what users make in this server's own store of user data. */
export class LocalProvider implements Provider {
  readonly name = localProviderName;
  readonly people: People;
  readonly environments: LocalCollection<Environment, EnvironmentDraft, EnvironmentPatch, EnvironmentFilter>;
  readonly workspaces: LocalCollection<Workspace, WorkspaceDraft, WorkspacePatch, WorkspaceFilter>;
  readonly workspaceEnvironments;
  readonly events: Events;
  readonly credentials: LocalCredentials;
  readonly connections: LocalConnections;
  readonly environmentConnections;

  constructor(parts: LocalParts, sealer: Sealer) {
    this.people = new LocalPeople(parts);
    this.events = new LocalEvents(parts);
    this.environments = new LocalCollection(parts, {
      kind: 'environment',
      table: (data) => data.environments,
      links: ({ workspace }) => (workspace === undefined ? [] : [environmentsOf(workspace)]),
    });
    this.workspaces = new LocalCollection(parts, { kind: 'workspace', table: (data) => data.workspaces });
    this.workspaceEnvironments = new LocalLinks(parts, {
      kinds: ['workspace', 'environment'],
      ends: [
        (data, ctx, id) => this.workspaces.reach(data, ctx, id, 'write'),
        (data, ctx, id) => this.environments.reach(data, ctx, id, 'read'),
      ],
      table: (data) => data.workspaceEnvironments,
      row: (workspaceId, environmentId, createdAt) => ({ workspaceId, environmentId, createdAt }),
      key: (workspaceId, environmentId) => ({ workspaceId, environmentId }),
    });
    this.credentials = new LocalCredentials(parts, sealer);
    this.connections = new LocalConnections(parts, this.credentials);
    this.environmentConnections = new LocalLinks(parts, {
      kinds: ['environment', 'connection'],
      ends: [
        (data, ctx, id) => this.environments.reach(data, ctx, id, 'write'),
        (data, ctx, id) => this.connections.rows.reach(data, ctx, id, 'read'),
      ],
      table: (data) => data.environmentConnections,
      row: (environmentId, connectionId, createdAt) => ({ environmentId, connectionId, createdAt }),
      key: (environmentId, connectionId) => ({ environmentId, connectionId }),
    });
  }
}

function environmentsOf({ id, isAssigned }: NonNullable<EnvironmentFilter['workspace']>) {
  const columns = { table: 'workspace_environments', own: 'environment_id', other: 'workspace_id' };
  return { ...columns, id, isLinked: isAssigned };
}
