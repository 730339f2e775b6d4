import { healthServiceDefinition, reflectionServiceDefinition } from '@meshery/contracts/grpc';
import type { Clock, Logger } from '@meshery/observability';
import { isLocalHostName } from '@meshery/security';
import { LOGGER, READINESS, SHUTDOWN_SIGNAL } from '@meshery/service';
import type { ReadinessRegistry } from '@meshery/service';
import { Global, Module } from '@nestjs/common';
import type { ServerConfig } from '../config.ts';
import { Sessions } from '../sessions/sessions.ts';
import { CLOCK, CONFIG } from '../tokens.ts';
import { GrpcServices } from './grpc-services.ts';
import { healthService } from './health.grpc.ts';
import { reflectionService } from './reflection.grpc.ts';

const services = {
  provide: GrpcServices,
  useFactory: (
    sessions: Sessions,
    { heartbeatMs, grpcHost, isLoopback }: ServerConfig,
    readiness: ReadinessRegistry,
    ...[clock, logger, shutdown]: [Clock, Logger, AbortSignal]
  ) => {
    const all = new GrpcServices({ sessions, heartbeatMs, logger, shutdown });
    all.offer(healthServiceDefinition, healthService({ readiness, services: all, clock, shutdown }));
    // For people who try things out beside the server: production is reached over a network.
    if (isLoopback && (grpcHost === undefined || isLocalHostName(grpcHost.toLowerCase())))
      all.offer(reflectionServiceDefinition, reflectionService(all));
    return all;
  },
  inject: [Sessions, CONFIG, READINESS, CLOCK, LOGGER, SHUTDOWN_SIGNAL],
};

/** Where features offer their gRPC services; health and reflection are its own. */
@Global()
@Module({ providers: [services], exports: [GrpcServices] })
export class GrpcModule {}
