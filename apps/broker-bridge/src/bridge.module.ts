import { Inject, Module } from '@nestjs/common';
import type { DynamicModule, OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { Bridge } from './bridge.ts';

/** Injection token of the Bridge. */
const BRIDGE = Symbol('meshery.Bridge');

/** Ties the bridge to the life of the service. */
class BridgeLifecycle implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #bridge: Bridge;

  constructor(@Inject(BRIDGE) bridge: Bridge) {
    this.#bridge = bridge;
  }

  onApplicationBootstrap(): void {
    this.#bridge.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#bridge.stop();
  }
}

/** The bridge as a Nest module. */
@Module({})
export class BridgeModule {
  static with(bridge: Bridge): DynamicModule {
    return { module: BridgeModule, providers: [{ provide: BRIDGE, useValue: bridge }, BridgeLifecycle] };
  }
}
