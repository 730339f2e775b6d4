import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { Source, agentStatusPath } from '@meshery/contracts';
import { DiscoveryAgent, createDiscoveryMetrics, createIncarnations, defaultDiscoveryConfig } from '@meshery/discovery';
import type { ClusterAccess } from '@meshery/kube';
import { createMetricsRegistry, systemClock } from '@meshery/observability';
import type { Logger, Registry } from '@meshery/observability';
import { ReadinessRegistry } from '@meshery/service';
import type { ServiceOptions } from '@meshery/service';
import { AgentHost } from './agent-host.ts';
import type { AgentEnd } from './agent-host.ts';
import { clusterAccess } from './cluster-source.ts';
import type { AgentConfig } from './config.ts';
import { MeshsyncModule } from './meshsync.module.ts';
import { openOutput } from './output/open-output.ts';
import type { Output } from './output/output.ts';
import { AgentRequests } from './requests/agent-requests.ts';
import { PodSessions } from './requests/pod-sessions.ts';
import type { PublishedContext, RequestContext } from './requests/request-context.ts';
import { createSessionMetrics } from './requests/session-metrics.ts';
import { SessionTable } from './requests/session-table.ts';
import { liveSettings } from './resource/live-settings.ts';
import { ResourceFollower } from './resource/resource-follower.ts';
import type { Lead } from './standby/lead.ts';

const version = '0.1.0';

/** Enough for the few milliseconds until the stream's answer, and little to hold: memory is what an agent may not cost. */
const batches = { batchBytes: 256 * 1024, batchesInFlight: 4, batchesPerKind: 4, concurrentSnapshots: 2 };

/** Makes everything the service needs from its configuration. Rejects with a coded error. */
export async function agentOptions(
  config: AgentConfig,
  logger: Logger,
  onEnd: (end: AgentEnd) => void,
): Promise<ServiceOptions> {
  const registry = createMetricsRegistry({ service: 'meshsync', version });
  const output = await openOutput(config, logger, registry);
  const host = await makeHost(config, logger, registry, output);
  const readiness = new ReadinessRegistry();
  readiness.register('agent', () => host.readiness());
  return {
    name: 'meshsync',
    version,
    module: MeshsyncModule.with(host, onEnd),
    logger,
    http: { host: config.healthHost, port: config.healthPort },
    health: { livePath: '/healthz', readyPath: '/readyz' },
    readiness,
    metrics: registry,
    configure: (app) => {
      const http = app.getHttpAdapter().getInstance();
      http.addHook('onRequest', (request, _reply, done) => {
        if (request.url.startsWith('/metrics')) host.observe();
        done();
      });
      http.get(agentStatusPath, (_request, reply) => reply.send(host.status(version)));
    },
  };
}

async function makeHost(config: AgentConfig, logger: Logger, registry: Registry, output: Output): Promise<AgentHost> {
  const access = await clusterAccess(config, systemClock);
  const agent = new DiscoveryAgent({
    access,
    port: output.requests?.tap ?? output.port,
    config: discoveryConfig(config, access.contextName),
    source: Source.SOURCE_AGENT,
    clock: systemClock,
    logger,
    metrics: createDiscoveryMetrics(registry),
    random: Math.random,
    ids: createIncarnations(systemClock),
  });
  const kinds = (): readonly string[] => agent.status().kinds.map(({ resource }) => resource);
  const requests = makeRequests({ config, logger, registry, access, output, kinds });
  const lead = await openLead(config, logger, access);
  return new AgentHost({
    agent,
    follower: makeFollower(config, logger, access, agent),
    clock: systemClock,
    logger,
    output,
    ...(lead === undefined ? {} : { lead }),
    ...(requests === undefined ? {} : { requests }),
    ...(config.stopAfterMs === undefined ? {} : { stopAfterMs: config.stopAfterMs }),
  });
}

interface RequestParts extends Pick<PublishedContext, 'logger' | 'kinds'> {
  readonly config: AgentConfig;
  readonly registry: Registry;
  readonly access: ClusterAccess;
  readonly output: Output;
}

function makeRequests({ config, registry, access, output, kinds, logger }: RequestParts): AgentRequests | undefined {
  const { broker, requests: way } = output;
  if (way === undefined) return undefined;
  const { maxSessions, sessionIdleMs: idleMs, allowLogs, allowExec } = config;
  const metrics = createSessionMetrics(registry);
  const context: RequestContext = {
    clock: systemClock,
    logger,
    version,
    policy: { logs: allowLogs, exec: allowExec },
    agent: way.tap,
    sessions: new SessionTable({ clock: systemClock, logger, metrics, maxSessions, idleMs }),
    pods: new PodSessions(access, systemClock),
  };
  const { transport: native, stores } = way;
  const published =
    broker === undefined || stores === undefined ? {} : { published: { ...context, broker, stores, kinds } };
  return new AgentRequests(context, { native, ...published });
}

/** One of several agents works while it holds the Lease; an agent without one is alone. */
async function openLead(config: AgentConfig, logger: Logger, access: ClusterAccess): Promise<Lead | undefined> {
  if (config.lease === undefined) return undefined;
  // Loaded where there is a Lease: an agent that is alone needs none of it.
  const { LeasedLead } = await import('./standby/leased-lead.ts');
  // The name of a pod comes again where a StatefulSet makes it.
  const identity = `${hostname()}-${randomBytes(3).toString('hex')}`.toLowerCase();
  return new LeasedLead({ access, lease: config.lease, identity, clock: systemClock, random: Math.random, logger });
}

/** The resource that the operator names; where nobody names one, the one that published agents look for. */
function makeFollower(
  config: AgentConfig,
  logger: Logger,
  access: ClusterAccess,
  agent: DiscoveryAgent,
): ResourceFollower {
  let before = '';
  return new ResourceFollower({
    access,
    clock: systemClock,
    logger,
    random: Math.random,
    resource: config.resource ?? { namespace: 'meshery', name: 'meshery-meshsync' },
    optional: config.resource === undefined,
    onSpec: (spec) => {
      const { discovery, logLevel } = liveSettings(config, spec);
      const now = JSON.stringify({ discovery, logLevel });
      if (now === before) return;
      before = now;
      logger.level = logLevel;
      logger.info({ settings: discovery }, 'the settings of the MeshSync apply');
      agent.apply(discovery);
    },
  });
}

function discoveryConfig(config: AgentConfig, clusterName: string) {
  const { stream } = defaultDiscoveryConfig;
  return {
    ...defaultDiscoveryConfig,
    clusterName,
    agentVersion: version,
    watchList: config.watchList,
    outputResources: config.outputResources,
    outputNamespaces: config.outputNamespaces,
    secretKeyNames: config.redactSecrets,
    ...batches,
    stream: config.stallMs === undefined ? stream : { ...stream, stallMs: config.stallMs },
  };
}
