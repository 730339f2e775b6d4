import { Inject, Module } from '@nestjs/common';
import type { DynamicModule, OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { MetricsServer } from './metrics-server.ts';
import { Operator } from './operator.ts';

/** Injection tokens of the parts. */
const OPERATOR = Symbol('meshery.Operator');
const METRICS = Symbol('meshery.MetricsServer');

/** Ties the operator to the life of the service. */
class OperatorLifecycle implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #operator: Operator;
  readonly #metricsServer: MetricsServer;

  constructor(@Inject(OPERATOR) operator: Operator, @Inject(METRICS) metricsServer: MetricsServer) {
    this.#operator = operator;
    this.#metricsServer = metricsServer;
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.#metricsServer.start();
    this.#operator.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#operator.stop();
    await this.#metricsServer.stop();
  }
}

/** The operator as a Nest module. */
@Module({})
export class OperatorModule {
  static with(parts: { readonly operator: Operator; readonly metricsServer: MetricsServer }): DynamicModule {
    const providers = [
      { provide: OPERATOR, useValue: parts.operator },
      { provide: METRICS, useValue: parts.metricsServer },
      OperatorLifecycle,
    ];
    return { module: OperatorModule, providers };
  }
}
