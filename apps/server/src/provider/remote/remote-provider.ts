import { mergePatch } from '@meshery/object-model';
import type {
  DesignDraft,
  DesignPatch,
  DesignRecord,
  Environment,
  EnvironmentDraft,
  EnvironmentPatch,
  PerformanceTestConfig,
  PermissionKey,
  Preference,
  User,
  Workspace,
  WorkspaceDraft,
  WorkspacePatch,
} from '@meshery/object-model';
import type {
  Catalog,
  Events,
  Links,
  People,
  PerformanceTestConfigs,
  Preferences,
  Provider,
  Records,
  WorkspaceContentFilter,
  WorkspaceFilter,
} from '../provider.ts';
import type { ConnectionDefinitions } from '../../registry/connection-definitions/connection-definitions.ts';
import type { Collection } from '../collection.ts';
import type { Connections, Credentials } from '../connections-port.ts';
import { RemoteCollection } from './remote-collection.ts';
import { RemoteConnections } from './remote-connections.ts';
import { RemoteCredentials } from './remote-credentials.ts';
import { RemoteEvents } from './remote-events.ts';
import { RemoteResults } from './remote-results.ts';
import { RemoteRequests } from './remote-requests.ts';
import type { RemoteParts } from './remote-requests.ts';
import { Unoffered } from './unoffered.ts';
import type { Refusal } from './unoffered.ts';

const preferencesFeature = 'sync-prefs';
const testsFeature = 'persist-smp-test-profile';
const everyKey = { page: 0, pageSize: 10_000 };

/** Keeps what users make at a remote provider, at the endpoints of the features that it declares. */
export class RemoteProvider extends Unoffered implements Provider {
  /** Others change what is there: an answer is never kept. */
  readonly revision = undefined;
  readonly people: People;
  readonly environments: Collection<Environment, EnvironmentDraft, EnvironmentPatch, WorkspaceContentFilter>;
  readonly workspaces: Collection<Workspace, WorkspaceDraft, WorkspacePatch, WorkspaceFilter>;
  readonly workspaceEnvironments: Links;
  readonly preferences: Preferences;
  readonly performanceTestConfigs: PerformanceTestConfigs;
  readonly events: Events;
  readonly credentials: Credentials;
  readonly connections: Connections;
  readonly environmentConnections: Links;
  readonly designs: Collection<DesignRecord, DesignDraft, DesignPatch, WorkspaceContentFilter>;
  readonly workspaceDesigns: Links;
  readonly records: Records;

  constructor(parts: RemoteParts, definitions: ConnectionDefinitions) {
    super(parts.listing.current.key);
    const requests = new RemoteRequests(parts);
    this.people = peopleOf(requests, this.refusal('administration of users'));
    this.environments = new RemoteCollection(requests, 'environments');
    this.workspaces = new RemoteCollection(requests, 'workspaces');
    this.workspaceEnvironments = linksOf(requests, 'workspaces', 'environments');
    this.preferences = preferencesOf(requests);
    this.performanceTestConfigs = testsOf(requests);
    this.designs = new RemoteCollection(requests, 'persist-meshery-patterns');
    this.workspaceDesigns = linksOf(requests, 'workspaces', 'designs');
    this.events = new RemoteEvents(requests, this.name);
    const credentials = new RemoteCredentials(requests);
    this.credentials = credentials;
    this.connections = new RemoteConnections(requests, credentials, { definitions, name: this.name });
    this.environmentConnections = linksOf(requests, 'environments', 'connections');
    this.records = recordsOf(requests);
  }
}

function recordsOf(requests: RemoteRequests): Records {
  return {
    filters: new RemoteCollection(requests, 'persist-meshery-filters'),
    patternResources: new RemoteCollection(requests, 'persist-meshery-pattern-resources'),
    performanceProfiles: new RemoteCollection(requests, 'persist-performance-profiles'),
    performanceResults: new RemoteResults(requests),
    schedules: new RemoteCollection(requests, 'persist-schedules'),
    catalog: catalogOf(requests),
  };
}

function catalogOf(requests: RemoteRequests): Catalog {
  return {
    designs: (ctx, query) => requests.page(ctx, 'meshery-patterns-catalog', query),
    filters: (ctx, query) => requests.page(ctx, 'meshery-filters-catalog', query),
  };
}

function peopleOf(requests: RemoteRequests, accounts: Refusal): People {
  const self: People['self'] = async (ctx) => (await requests.send(ctx, 'users-profile', '')) as User;
  return {
    self,
    get: async (ctx, id) =>
      id === ctx.user.userId ? self(ctx) : ((await requests.send(ctx, 'users-profile', `/${id}`)) as User),
    page: (ctx, query) => requests.page(ctx, 'users-identity', query),
    organizations: (ctx, query) => requests.page(ctx, 'organizations', query),
    keys: async (ctx, organizationId) =>
      (await requests.page<PermissionKey>(ctx, 'users-keys', everyKey, { orgId: organizationId })).items,
    create: accounts,
    update: accounts,
    remove: accounts,
    invite: accounts,
  };
}

/** Links are made at the endpoint of what they lead from. */
function linksOf(requests: RemoteRequests, feature: string, others: string): Links {
  const path = (id: string, otherId: string): string => `/${id}/${others}/${otherId}`;
  return {
    assign: async (ctx, id, otherId) => {
      await requests.send(ctx, feature, path(id, otherId), { method: 'POST' });
    },
    unassign: async (ctx, id, otherId) => {
      await requests.send(ctx, feature, path(id, otherId), { method: 'DELETE' });
    },
  };
}

function preferencesOf(requests: RemoteRequests): Preferences {
  const none = { anonymousUsageStats: false, anonymousPerfResults: false };
  const get: Preferences['get'] = async (ctx) => ({
    ...none,
    ...((await requests.send(ctx, preferencesFeature, '')) as Preference),
  });
  return {
    get,
    merge: async (ctx, patch) => {
      const body = mergePatch(await get(ctx), patch);
      return (await requests.send(ctx, preferencesFeature, '', { method: 'PUT', body })) as Preference;
    },
  };
}

function testsOf(requests: RemoteRequests): PerformanceTestConfigs {
  return {
    page: (ctx, query) => requests.page(ctx, testsFeature, query),
    get: async (ctx, id) => (await requests.send(ctx, testsFeature, `/${id}`)) as PerformanceTestConfig,
    keep: async (ctx, { id, ...config }) => {
      const known = typeof id === 'string';
      const call = { method: known ? ('PUT' as const) : ('POST' as const), body: { name: config.name, config } };
      return (await requests.send(ctx, testsFeature, known ? `/${id}` : '', call)) as PerformanceTestConfig;
    },
    remove: async (ctx, id) => {
      await requests.send(ctx, testsFeature, `/${id}`, { method: 'DELETE' });
    },
  };
}
