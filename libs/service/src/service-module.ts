import type { DynamicModule } from '@nestjs/common';
import { passiveTracing } from '@meshery/observability';
import type { ServiceOptions } from './service-options.ts';
import { LOGGER, METRICS, READINESS, ROOT_LOGGER, SHUTDOWN_SIGNAL, TRACING } from './tokens.ts';

/** The root of every service: the shared parts as global providers around the app's own module. */
class ServiceRootModule {}

/** Builds that root for one service. */
export function serviceModule(options: ServiceOptions, shutdown: AbortSignal): DynamicModule {
  const providers = [
    { provide: LOGGER, useValue: options.logger },
    { provide: ROOT_LOGGER, useValue: options.logger },
    { provide: METRICS, useValue: options.metrics },
    { provide: READINESS, useValue: options.readiness },
    { provide: TRACING, useValue: options.tracing ?? passiveTracing },
    { provide: SHUTDOWN_SIGNAL, useValue: shutdown },
  ];
  return {
    module: ServiceRootModule,
    global: true,
    imports: [options.module],
    providers,
    exports: providers.map((provider) => provider.provide),
  };
}
