import type { Server, ServiceDefinition, UntypedServiceImplementation } from '@grpc/grpc-js';
import type { StreamParts } from './serve-stream.ts';

/** What third parties are offered; each feature adds its own before the port opens. */
export class GrpcServices {
  /** What every service is made with. */
  readonly parts: StreamParts;
  readonly #services = new Map<string, { readonly definition: ServiceDefinition; readonly handlers: object }>();

  constructor(parts: StreamParts) {
    this.parts = parts;
  }

  offer<Handlers extends UntypedServiceImplementation>(
    definition: ServiceDefinition<Handlers>,
    handlers: Handlers,
  ): void {
    const [first] = Object.values<{ readonly path: string }>(definition);
    this.#services.set(first?.path.split('/')[1] ?? '', { definition, handlers });
  }

  /** Full names, e.g. "meshery.v1.EventService". */
  get names(): readonly string[] {
    return [...this.#services.keys()].sort();
  }

  has(name: string): boolean {
    return this.#services.has(name);
  }

  addTo(server: Server): void {
    for (const { definition, handlers } of this.#services.values()) {
      server.addService(definition, handlers as UntypedServiceImplementation);
    }
  }
}
