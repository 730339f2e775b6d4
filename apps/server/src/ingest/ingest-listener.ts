import { Server } from '@grpc/grpc-js';
import type { ServerCredentials, ServerInterceptor } from '@grpc/grpc-js';
import { clusterServiceDefinition, ingestServiceDefinition, requestServiceDefinition } from '@meshery/contracts/grpc';
import type { ClusterServiceHandlers, IngestServiceHandlers, RequestServiceHandlers } from '@meshery/contracts/grpc';
import { MesheryError } from '@meshery/errors';
import type { GrpcServices } from '../grpc/grpc-services.ts';

/** Largest message, both ways. */
const maxMessage = 12 * 1024 * 1024;
const graceMs = 3000;

const limits = {
  'grpc.max_receive_message_length': maxMessage,
  'grpc.max_send_message_length': maxMessage,
  'grpc.max_concurrent_streams': 1000,
  // A batch has up to 256 KB: with the 64 KB of the default it stops three times on its way.
  'grpc-node.flow_control_window': 4 * 1024 * 1024,
  'grpc.keepalive_time_ms': 30_000,
  'grpc.keepalive_timeout_ms': 10_000,
};

/** What the listener offers. */
export interface ListenerServices {
  readonly ingest: IngestServiceHandlers;
  readonly requests: RequestServiceHandlers;
  readonly clusters: ClusterServiceHandlers;
  /** Those for third parties. */
  readonly others: GrpcServices;
}

/** The gRPC listener: for bridges and agents, and for third parties. */
export class IngestListener {
  readonly #server: Server;

  constructor(services: ListenerServices, interceptors: ServerInterceptor[]) {
    this.#server = new Server({ ...limits, interceptors });
    this.#server.addService(ingestServiceDefinition, services.ingest);
    this.#server.addService(requestServiceDefinition, services.requests);
    this.#server.addService(clusterServiceDefinition, services.clusters);
    services.others.addTo(this.#server);
  }

  /** Listens; answers the port. Rejects with `meshery-config-1101` when it is in use. */
  async listen(host: string, port: number, credentials: ServerCredentials): Promise<number> {
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    const address = host.includes(':') ? `[${host}]:${String(port)}` : `${host}:${String(port)}`;
    this.#server.bindAsync(address, credentials, (error, bound) => {
      if (error === null) resolve(bound);
      else reject(portInUse(port, error));
    });
    return promise;
  }

  /** Ends: streams get a moment to finish, then they are cut. */
  async close(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const cut = setTimeout(() => {
      this.#server.forceShutdown();
      resolve(undefined);
    }, graceMs);
    this.#server.tryShutdown(() => {
      resolve(undefined);
    });
    await promise;
    clearTimeout(cut);
  }
}

function portInUse(port: number, cause: unknown): MesheryError {
  return new MesheryError('meshery-config-1101', `The gRPC port ${String(port)} cannot be opened.`, {
    probableCause: 'Another program, perhaps a second copy of this one, listens there.',
    remedy: `Stop it (find it with: ss -ltnp "sport = :${String(port)}"), or choose another port with --grpc-port.`,
    cause,
  });
}
