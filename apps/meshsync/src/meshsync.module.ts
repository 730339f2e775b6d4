import { Inject, Module } from '@nestjs/common';
import type { DynamicModule, OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import type { AgentEnd } from './agent-host.ts';
import { AgentHost } from './agent-host.ts';

/** Injection tokens of the parts. */
const HOST = Symbol('meshery.AgentHost');
const ON_END = Symbol('meshery.AgentEnd');

/** Ties the agent to the life of the service. */
class AgentLifecycle implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #host: AgentHost;
  readonly #onEnd: (end: AgentEnd) => void;

  constructor(@Inject(HOST) host: AgentHost, @Inject(ON_END) onEnd: object) {
    this.#host = host;
    this.#onEnd = onEnd as (end: AgentEnd) => void;
  }

  onApplicationBootstrap(): void {
    this.#host.start(this.#onEnd);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#host.stop();
  }
}

/** The agent as a Nest module. */
@Module({})
export class MeshsyncModule {
  static with(host: AgentHost, onEnd: (end: AgentEnd) => void): DynamicModule {
    const providers = [{ provide: HOST, useValue: host }, { provide: ON_END, useValue: onEnd }, AgentLifecycle];
    return { module: MeshsyncModule, providers };
  }
}
