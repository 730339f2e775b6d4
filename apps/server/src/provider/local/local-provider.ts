import { unusedDesign } from '@meshery/object-model';
import type {
  DesignDraft,
  DesignPatch,
  DesignRecord,
  Environment,
  EnvironmentDraft,
  EnvironmentPatch,
  View,
  ViewDraft,
  ViewPatch,
  Workspace,
  WorkspaceDraft,
  WorkspacePatch,
} from '@meshery/object-model';
import { localProviderName } from '@meshery/security';
import type { Sealer } from '@meshery/security';
import type { ConnectionDefinitions } from '../../registry/connection-definitions/connection-definitions.ts';
import type { Events, Provider, WorkspaceContentFilter, WorkspaceFilter } from '../provider.ts';
import { LocalCollection } from './local-collection.ts';
import type { LocalCollectionShape } from './local-collection.ts';
import { LocalEvents } from './local-events.ts';
import { LocalConnections } from './local-connections.ts';
import { LocalCredentials } from './local-credentials.ts';
import { LocalKeychains } from './local-keychains.ts';
import { LocalLinks } from './local-links.ts';
import type { LocalParts } from './local-parts.ts';
import { LocalPeople } from './local-people.ts';
import { LocalTeams, teamMembers } from './local-teams.ts';
import { LocalPerformanceTestConfigs } from './local-performance-test-configs.ts';
import { LocalPreferences } from './local-preferences.ts';
import { localRecords } from './local-records.ts';
import { LocalOrganizations } from './local-organizations.ts';
import { LocalRoles } from './local-roles.ts';
import { LocalServiceTokens } from './local-service-tokens.ts';
import { designLinks, environmentLinks, heldBy, teamLinks, viewLinks } from './workspace-contents.ts';

const environments: LocalCollectionShape<Environment, WorkspaceContentFilter, EnvironmentDraft, EnvironmentPatch> = {
  kind: 'environment',
  table: (data) => data.environments,
  links: heldBy('workspace_environments', 'environment_id'),
};

const designs: LocalCollectionShape<DesignRecord, WorkspaceContentFilter, DesignDraft, DesignPatch> = {
  kind: 'design',
  table: (data) => data.designs,
  links: heldBy('workspace_designs', 'design_id'),
  made: (draft, stamps) => ({ ...draft, ...unusedDesign, ...stamps }),
  hasVisibility: true,
};

const views: LocalCollectionShape<View, WorkspaceContentFilter, ViewDraft, ViewPatch> = {
  kind: 'view',
  table: (data) => data.views,
  links: heldBy('workspace_views', 'view_id'),
  hasVisibility: true,
};

/** Keeps what users make in this server's own store of user data. */
export class LocalProvider implements Provider {
  readonly name = localProviderName;
  readonly people;
  readonly preferences;
  readonly performanceTestConfigs;
  readonly serviceTokens;
  readonly environments: LocalCollection<Environment, EnvironmentDraft, EnvironmentPatch, WorkspaceContentFilter>;
  readonly workspaces: LocalCollection<Workspace, WorkspaceDraft, WorkspacePatch, WorkspaceFilter>;
  readonly workspaceEnvironments;
  readonly events: Events;
  readonly credentials: LocalCredentials;
  readonly connections: LocalConnections;
  readonly environmentConnections;
  readonly designs: LocalCollection<DesignRecord, DesignDraft, DesignPatch, WorkspaceContentFilter>;
  readonly workspaceDesigns;
  readonly views: LocalCollection<View, ViewDraft, ViewPatch, WorkspaceContentFilter>;
  readonly workspaceViews;
  readonly teams: LocalTeams;
  readonly teamMembers;
  readonly workspaceTeams;
  readonly records;
  readonly #parts: LocalParts;

  constructor(parts: LocalParts, sealer: Sealer, definitions: ConnectionDefinitions) {
    this.#parts = parts;
    this.people = new LocalPeople(parts);
    this.events = new LocalEvents(parts);
    this.workspaces = new LocalCollection(parts, { kind: 'workspace', table: (data) => data.workspaces });
    this.preferences = new LocalPreferences(parts);
    this.performanceTestConfigs = new LocalPerformanceTestConfigs(parts);
    this.serviceTokens = new LocalServiceTokens(parts);
    this.records = localRecords(parts);
    this.environments = new LocalCollection(parts, environments);
    this.designs = new LocalCollection(parts, designs);
    this.views = new LocalCollection(parts, views);
    this.teams = new LocalTeams(parts);
    this.teamMembers = teamMembers(parts, this.teams);
    this.workspaceEnvironments = environmentLinks(parts, { workspaces: this.workspaces, others: this.environments });
    this.workspaceDesigns = designLinks(parts, { workspaces: this.workspaces, others: this.designs });
    this.workspaceViews = viewLinks(parts, { workspaces: this.workspaces, others: this.views });
    this.workspaceTeams = teamLinks(parts, { workspaces: this.workspaces, others: this.teams });
    this.credentials = new LocalCredentials(parts, sealer);
    this.connections = new LocalConnections(parts, this.credentials, definitions);
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

  get keychains(): LocalKeychains {
    return new LocalKeychains(this.#parts);
  }

  get organizations(): LocalOrganizations {
    return new LocalOrganizations(this.#parts);
  }

  get roles(): LocalRoles {
    return new LocalRoles(this.#parts);
  }

  get revision(): number | undefined {
    return this.#parts.store.revision;
  }
}
