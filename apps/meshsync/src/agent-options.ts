import { readFileSync } from 'node:fs';
import { Source, agentStatusPath } from '@meshery/contracts';
import type { IngestPort } from '@meshery/contracts';
import { DiscoveryAgent, createDiscoveryMetrics, createIncarnations, defaultDiscoveryConfig } from '@meshery/discovery';
import { MesheryError } from '@meshery/errors';
import type { ClusterAccess } from '@meshery/kube';
import { Counter, createMetricsRegistry, newTraceparent, systemClock } from '@meshery/observability';
import type { Logger, Registry } from '@meshery/observability';
import { BrokerIngestPort, NatsBroker } from '@meshery/messaging';
import { ReadinessRegistry } from '@meshery/service';
import type { ServiceOptions } from '@meshery/service';
import { AgentHost } from './agent-host.ts';
import type { AgentEnd } from './agent-host.ts';
import { clusterAccess } from './cluster-source.ts';
import type { AgentConfig } from './config.ts';
import { FilePort, freeSnapshotName } from './file/file-port.ts';
import { MeshsyncModule } from './meshsync.module.ts';
import { PublishedPort } from './published/published-port.ts';
import { AgentRequests } from './requests/agent-requests.ts';
import { AgentTap } from './requests/agent-tap.ts';
import { PodSessions } from './requests/pod-sessions.ts';
import type { RequestContext } from './requests/request-context.ts';
import { createSessionMetrics } from './requests/session-metrics.ts';
import { SessionTable } from './requests/session-table.ts';
import { liveSettings } from './resource/live-settings.ts';
import { ResourceFollower } from './resource/resource-follower.ts';

const version = '0.1.0';

/** Enough for the few milliseconds until the stream's answer, and little to hold: memory is what an agent may not cost. */
const batches = { batchBytes: 256 * 1024, batchesInFlight: 4, batchesPerKind: 4, concurrentSnapshots: 2 };
const bytesInFlight = 4 * 1024 ** 2;

/** Where what is found goes, with what belongs to it. */
interface Output {
  readonly port: IngestPort;
  readonly broker?: NatsBroker;
  readonly native?: BrokerIngestPort;
  /** Where requests reach the agent; absent in file mode. */
  readonly tap?: AgentTap;
}

/** Makes everything the service needs from its configuration. Rejects with a coded error. */
export async function agentOptions(
  config: AgentConfig,
  logger: Logger,
  onEnd: (end: AgentEnd) => void,
): Promise<ServiceOptions> {
  const registry = createMetricsRegistry({ service: 'meshsync', version });
  const output = config.output === 'file' ? fileOutput(config) : brokerOutput(config, logger, registry);
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
    port: output.tap ?? output.port,
    config: discoveryConfig(config, access.contextName),
    source: Source.SOURCE_AGENT,
    clock: systemClock,
    logger,
    metrics: createDiscoveryMetrics(registry),
    random: Math.random,
    ids: createIncarnations(systemClock),
  });
  const { broker, native, tap } = output;
  const kinds = (): readonly string[] => agent.status().kinds.map(({ resource }) => resource);
  const requests =
    broker === undefined || tap === undefined
      ? undefined
      : makeRequests({ config, logger, registry, access, broker, agent: tap, kinds });
  return new AgentHost({
    agent,
    follower: makeFollower(config, logger, access, agent),
    clock: systemClock,
    logger,
    ...(broker === undefined ? {} : { broker }),
    ...(native === undefined ? {} : { port: native }),
    ...(requests === undefined ? {} : { requests }),
    ...(config.stopAfterMs === undefined ? {} : { stopAfterMs: config.stopAfterMs }),
  });
}

interface RequestParts extends Pick<RequestContext, 'broker' | 'logger' | 'agent' | 'kinds'> {
  readonly config: AgentConfig;
  readonly registry: Registry;
  readonly access: ClusterAccess;
}

function makeRequests({ config, registry, access, ...parts }: RequestParts): AgentRequests {
  const { maxSessions, sessionIdleMs: idleMs, allowLogs, allowExec } = config;
  const metrics = createSessionMetrics(registry);
  return new AgentRequests({
    ...parts,
    clock: systemClock,
    version,
    policy: { logs: allowLogs, exec: allowExec },
    sessions: new SessionTable({ clock: systemClock, logger: parts.logger, metrics, maxSessions, idleMs }),
    pods: new PodSessions(access, systemClock),
  });
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

function fileOutput(config: AgentConfig): Output {
  return { port: new FilePort(config.outputFile ?? freeSnapshotName('.', systemClock)) };
}

function brokerOutput(config: AgentConfig, logger: Logger, registry: Registry): Output {
  const { brokerTokenFile, brokerCaFile } = config;
  const token = brokerTokenFile === undefined ? {} : { token: () => readFileSync(brokerTokenFile, 'utf8') };
  const tls = brokerCaFile === undefined ? {} : { tls: { caFile: brokerCaFile } };
  const options = { url: brokerUrl(config), name: 'meshsync', ...token, ...tls };
  const broker = new NatsBroker(options, { clock: systemClock, logger });
  return config.outputFormat === 'native'
    ? nativeOutput(broker, logger, registry)
    : publishedOutput(config, broker, logger, registry);
}

function nativeOutput(broker: NatsBroker, logger: Logger, registry: Registry): Output {
  const registers = [registry];
  const bytes = new Counter({
    name: 'meshery_meshsync_sent_bytes_total',
    help: 'Bytes of batches stored in the stream.',
    registers,
  });
  const retries = new Counter({
    name: 'meshery_meshsync_publish_retries_total',
    help: 'Publishes that had to be tried again.',
    registers,
  });
  const native = new BrokerIngestPort({
    broker,
    clock: systemClock,
    logger,
    limits: { maxInFlightBytes: bytesInFlight },
    traceparent: newTraceparent,
    onSent: (sent) => {
      bytes.inc(sent.bytes);
      retries.inc(sent.retries);
    },
  });
  return { port: native, native, broker, tap: new AgentTap(native, { broker, clock: systemClock, logger }) };
}

function publishedOutput(config: AgentConfig, broker: NatsBroker, logger: Logger, registry: Registry): Output {
  const tooLarge = new Counter({
    name: 'meshery_meshsync_too_large_total',
    help: 'Objects over max_payload, left out.',
    registers: [registry],
  });
  const port = new PublishedPort({
    broker,
    clock: systemClock,
    logger,
    contentDedup: config.contentDedup,
    onTooLarge: () => {
      tooLarge.inc();
    },
  });
  return { port, broker, tap: new AgentTap(port, { broker, clock: systemClock, logger }, port) };
}

function brokerUrl(config: AgentConfig): string {
  if (config.brokerUrl !== undefined) return config.brokerUrl;
  throw new MesheryError('meshery-config-1100', 'The agent does not know its broker.', {
    probableCause: 'BROKER_URL is not set.',
    remedy: 'Set BROKER_URL=nats://[token@]host:4222, or write a file with -output file.',
  });
}
