import type { DynamicModule, Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger, Registry, Tracing } from '@meshery/observability';
import type { FastifyServerOptions } from 'fastify';
import type { ReadinessRegistry } from './readiness.ts';

/** Where a service listens. */
export interface HttpOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Largest request body in bytes; 1 MiB unless told. */
  readonly bodyLimit?: number;
  /** TLS of the listener: PEM texts. */
  readonly tls?: { readonly cert: string; readonly key: string };
}

/** Where health is asked. */
export interface HealthOptions {
  /** e.g. /healthz/live: 200 while the process answers at all. */
  readonly livePath: string;
  /** e.g. /healthz/ready: 200 only while every registered check says so, otherwise 503. */
  readonly readyPath: string;
}

/** Everything the bootstrap of a Nest service needs. */
export interface ServiceOptions {
  /** Name in logs and metrics. */
  readonly name: string;
  readonly version: string;
  readonly module: Type | DynamicModule;
  readonly logger: Logger;
  readonly http: HttpOptions;
  readonly health: HealthOptions;
  readonly readiness: ReadinessRegistry;
  /** Served at /metrics. */
  readonly metrics: Registry;
  readonly tracing?: Tracing;
  /** Milliseconds from the signal to the end; 10,000 unless told. */
  readonly drainMs?: number;
  /** Aborted when draining begins; long answers (event streams) end on it. One is made when absent. */
  readonly shutdown?: AbortController;
  /** Further Fastify options, such as trustProxy. */
  readonly fastify?: FastifyServerOptions;
  /** Called before Nest initialises: the place for Fastify plugins and hooks. */
  readonly configure?: (app: NestFastifyApplication) => void | Promise<void>;
}

/** A service that listens. */
export interface RunningService {
  readonly app: NestFastifyApplication;
  /** The address it really listens on, e.g. http://127.0.0.1:9081. */
  readonly url: string;
  readonly port: number;
  /** Aborts when draining begins. */
  readonly shutdown: AbortSignal;
  /**
   * Drains: readiness red, shutdown signal, no new connections, requests in flight finished, Nest's
   * `onApplicationShutdown` hooks. Answers false when the time ran out and connections were cut. Safe to call twice.
   */
  stop(): Promise<boolean>;
}
