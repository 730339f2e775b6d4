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
  View,
  ViewDraft,
  ViewPatch,
  Workspace,
  WorkspaceDraft,
  WorkspacePatch,
} from '@meshery/object-model';
import type {
  Collection,
  Events,
  Links,
  People,
  PerformanceTestConfigs,
  Preferences,
  Provider,
  ServiceTokens,
  Teams,
  WorkspaceContentFilter,
  WorkspaceFilter,
} from '../provider.ts';
import type { Connections, Credentials } from '../connections-port.ts';
import { RemoteCollection } from './remote-collection.ts';
import { RemoteRequests, notOffered } from './remote-requests.ts';
import type { RemoteParts } from './remote-requests.ts';

const preferencesFeature = 'sync-prefs';
const testsFeature = 'persist-smp-test-profile';
const everyKey = { page: 0, pageSize: 10_000 };

const refuseLink = (): Promise<never> => Promise.reject(notOffered('links', 'this provider'));
const noLinks: Links = { assign: refuseLink, unassign: refuseLink };

/** Keeps what users make at a remote provider, at the endpoints of the features that it declares. */
export class RemoteProvider implements Provider {
  readonly name: string;
  /** Others change what is there: an answer is never kept. */
  readonly revision = undefined;
  readonly people: People;
  readonly environments: Collection<Environment, EnvironmentDraft, EnvironmentPatch, WorkspaceContentFilter>;
  readonly workspaces: Collection<Workspace, WorkspaceDraft, WorkspacePatch, WorkspaceFilter>;
  readonly workspaceEnvironments: Links;
  readonly preferences: Preferences;
  readonly performanceTestConfigs: PerformanceTestConfigs;
  readonly serviceTokens: ServiceTokens;
  readonly events: Events;
  readonly credentials: Credentials;
  readonly connections: Connections;
  readonly environmentConnections = noLinks;
  readonly designs: Collection<DesignRecord, DesignDraft, DesignPatch, WorkspaceContentFilter>;
  readonly workspaceDesigns = noLinks;
  readonly views: Collection<View, ViewDraft, ViewPatch, WorkspaceContentFilter>;
  readonly workspaceViews = noLinks;
  readonly teams: Teams;
  readonly teamMembers = noLinks;
  readonly workspaceTeams = noLinks;

  constructor(parts: RemoteParts) {
    const requests = new RemoteRequests(parts);
    this.name = parts.listing.current.key;
    const refuse = (feature: string) => () => Promise.reject(notOffered(feature, this.name));
    this.people = peopleOf(requests, refuse);
    this.environments = new RemoteCollection(requests, 'environments');
    this.workspaces = new RemoteCollection(requests, 'workspaces');
    this.workspaceEnvironments = linksOf(requests);
    this.preferences = preferencesOf(requests);
    this.performanceTestConfigs = testsOf(requests);
    const tokens = refuse('service tokens');
    this.serviceTokens = { page: tokens, issue: tokens, revoke: tokens };
    this.designs = new RemoteCollection(requests, 'persist-meshery-patterns');
    this.events = {
      ...none(refuse('persist-events')),
      types: refuse('persist-events'),
      mark: refuse('persist-events'),
    };
    this.credentials = { ...none(refuse('persist-credentials')), open: refuse('persist-credentials') };
    this.connections = noConnections(refuse('persist-connection'));
    this.views = none(refuse('views'));
    this.teams = { ...none(refuse('teams')), members: refuse('teams') };
  }
}

type Refusal = () => Promise<never>;

/** The operations of a collection that is not kept at this provider. */
function none(refusal: Refusal) {
  return { page: refusal, get: refusal, create: refusal, update: refusal, remove: refusal };
}

function noConnections(refusal: Refusal): Connections {
  return { ...none(refusal), statusSummary: refusal, ofContext: refusal, move: refusal, history: refusal };
}

function peopleOf(requests: RemoteRequests, refuse: (feature: string) => Refusal): People {
  const accounts = refuse('administration of users');
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

function linksOf(requests: RemoteRequests): Links {
  const path = (id: string, otherId: string): string => `/${id}/environments/${otherId}`;
  return {
    assign: async (ctx, id, otherId) => {
      await requests.send(ctx, 'workspaces', path(id, otherId), { method: 'POST' });
    },
    unassign: async (ctx, id, otherId) => {
      await requests.send(ctx, 'workspaces', path(id, otherId), { method: 'DELETE' });
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
