import { readFileSync } from 'node:fs';
import { MesheryError } from '@meshery/errors';
import { BrokerIngestPort, NatsBroker } from '@meshery/messaging';
import type { PublishCondition } from '@meshery/messaging';
import { Counter, newTraceparent, systemClock } from '@meshery/observability';
import type { Logger, Registry } from '@meshery/observability';
import type { AgentConfig } from '../config.ts';
import { FilePort, freeSnapshotName } from '../file/file-port.ts';
import { PublishedPort } from '../published/published-port.ts';
import { AgentTap } from '../requests/agent-tap.ts';
import { BrokerTransport } from '../requests/broker-transport.ts';
import type { StoreSender } from '../requests/request-context.ts';
import { StoreCopies } from '../requests/store-copies.ts';
import type { Output } from './output.ts';
import { sentBytes } from './sent-bytes.ts';
import { serverOutput } from './server-output.ts';

/** Enough for the few milliseconds until the stream's answer, and little to hold. */
const bytesInFlight = 4 * 1024 ** 2;

/** Opens nothing yet but what a wrong setting would break. Rejects with `meshery-config-1100` or `-1102`. */
export async function openOutput(config: AgentConfig, logger: Logger, registry: Registry): Promise<Output> {
  const kind = config.output ?? (config.server === undefined ? 'broker' : 'server');
  if (kind === 'file') return fileOutput(config);
  return kind === 'server' ? serverOutput(config, logger, registry) : brokerOutput(config, logger, registry);
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
  const bytes = sentBytes(registry);
  const retries = new Counter({
    name: 'meshery_meshsync_publish_retries_total',
    help: 'Publishes that had to be tried again.',
    registers: [registry],
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
  const condition = (): PublishCondition => native.condition();
  const copies = new StoreCopies({ broker, clock: systemClock, logger });
  const tap = new AgentTap(native, copies);
  const stores: StoreSender = {
    native: true,
    send: (reply, kinds) => {
      copies.begin(reply, kinds);
      tap.resync('informer-store');
    },
  };
  return { port: native, condition, broker, requests: { tap, stores, transport: transportOf(broker) } };
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
  const stores: StoreSender = {
    native: false,
    send: (reply) => {
      port.sendStore(reply);
    },
  };
  return { port, broker, requests: { tap: new AgentTap(port), stores, transport: transportOf(broker) } };
}

function transportOf(broker: NatsBroker): BrokerTransport {
  return new BrokerTransport(broker, systemClock);
}

function brokerUrl(config: AgentConfig): string {
  if (config.brokerUrl !== undefined) return config.brokerUrl;
  throw new MesheryError('meshery-config-1100', 'The agent does not know its broker.', {
    probableCause: 'BROKER_URL is not set.',
    remedy: 'Set BROKER_URL=nats://[token@]host:4222 or MESHSYNC_SERVER=host:9082, or write a file with -output file.',
  });
}
