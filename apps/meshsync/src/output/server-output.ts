import { readFileSync } from 'node:fs';
import { MesheryError } from '@meshery/errors';
import { systemClock } from '@meshery/observability';
import type { Logger, Registry } from '@meshery/observability';
import type { AgentConfig } from '../config.ts';
import { AgentTap } from '../requests/agent-tap.ts';
import type { Output } from './output.ts';
import { sentBytes } from './sent-bytes.ts';

/** The server itself, where no broker can be reached. Rejects with `meshery-config-1100`. */
export async function serverOutput(config: AgentConfig, logger: Logger, registry: Registry): Promise<Output> {
  const { server, serverCaFile, serverTokenFile } = config;
  if (server === undefined) throw unusable('MESHSYNC_SERVER is not set.', 'Set MESHSYNC_SERVER=host:9082.');
  if (config.outputFormat === 'published')
    throw unusable(
      'MESHSYNC_OUTPUT_FORMAT is published, which only a broker takes.',
      'Leave MESHSYNC_OUTPUT_FORMAT out.',
    );
  // Loaded where it is used: with a broker it would only cost memory.
  const { ServeStream, ServerIngestPort, credentialUnreadable } = await import('@meshery/messaging/ingest-grpc');
  const read = (what: string, path: string | undefined): Buffer | undefined => {
    try {
      return path === undefined ? undefined : readFileSync(path);
    } catch (error) {
      throw credentialUnreadable(what, error);
    }
  };
  const bytes = sentBytes(registry);
  const log = logger.child({ server });
  const port = new ServerIngestPort({
    address: server,
    ca: () => read('CA', serverCaFile),
    token: () => read('token', serverTokenFile)?.toString('utf8').trim(),
    clock: systemClock,
    logger: log,
    onSent: (sent) => {
      bytes.inc(sent);
    },
  });
  const transport = new ServeStream({ open: () => port.serve(), clock: systemClock, logger: log });
  return {
    port,
    condition: () => port.condition(),
    requests: { tap: new AgentTap(port), transport },
    closeServer: async () => {
      await transport.close();
      port.close();
    },
  };
}

function unusable(probableCause: string, remedy: string): MesheryError {
  return new MesheryError('meshery-config-1100', 'The agent cannot send to the server.', { probableCause, remedy });
}
