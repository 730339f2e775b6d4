import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { MesheryError } from '@meshery/errors';
import type { NestApplicationOptions } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyServerOptions, RouteHandlerMethod } from 'fastify';
import { AllowedMethods } from './allowed-methods.ts';
import { answerBrokenRequest } from './broken-request.ts';
import { ErrorFilter } from './error.filter.ts';
import { NestLogger } from './nest-logger.ts';
import type { HttpOptions, RunningService, ServiceOptions } from './service-options.ts';
import { serviceModule } from './service-module.ts';
import { registerRequestMetrics, registerServiceRoutes } from './service-routes.ts';

/** How long a client may take to send a request; without it one that drips its body keeps a connection for ever. */
const receivingMs = 60_000;
const DEFAULT_BODY_LIMIT = 1024 * 1024;
const DEFAULT_DRAIN_MS = 10_000;
/** What is left of the drain time for the shutdown hooks once connections were cut. */
const HOOKS_MS = 2000;
const IDLE_SWEEP_MS = 50;

/** Routes take the error handler that is there when they are made, and Nest would set its own one after them. */
class ServiceAdapter extends FastifyAdapter {
  readonly #allowed = new AllowedMethods(this.getInstance());

  override setErrorHandler(): FastifyInstance {
    return this.getInstance();
  }

  /** In a context of its own, so that requests with a route do not go through its hook. */
  override setNotFoundHandler(handler: RouteHandlerMethod): FastifyInstance {
    return this.getInstance<FastifyInstance>().register((fastify, _options, done) => {
      fastify.addHook('preParsing', this.#allowed.preParsing);
      fastify.setNotFoundHandler(handler);
      done();
    });
  }
}

/**
 * Starts a Nest service on Fastify: logging, error bodies, request ids, health, metrics. The one NestFactory call of
 * the product. Rejects with a coded error when it cannot start; the caller owns `stop()`.
 */
export async function startService(options: ServiceOptions): Promise<RunningService> {
  const shutdown = options.shutdown ?? new AbortController();
  const filter = new ErrorFilter(options.logger.child({ module: 'http' }));
  const adapter = new ServiceAdapter(fastifyOptions(options, filter));
  const fastify = adapter.getInstance<FastifyInstance>();
  fastify.setErrorHandler(filter.answer.bind(filter));
  registerRequestId(fastify);
  registerRequestMetrics(fastify, options);
  registerServiceRoutes(fastify, options);
  const app = await createApp(options, adapter, shutdown.signal);
  app.useGlobalFilters(filter);
  try {
    await options.configure?.(app);
    await listen(app, options);
  } catch (error) {
    await app.close();
    throw error;
  }
  const { url, port } = addressOf(app, options.http);
  options.logger.info({ url, version: options.version }, 'service is listening');
  let stopping: Promise<boolean> | undefined;
  const stop = (): Promise<boolean> => (stopping ??= drain(app, options, shutdown));
  return { app, url, port, shutdown: shutdown.signal, stop };
}

function addressOf(app: NestFastifyApplication, { host, tls }: HttpOptions): { url: string; port: number } {
  const { port } = app.getHttpServer().address() as AddressInfo;
  return { url: `${tls === undefined ? 'http' : 'https'}://${urlHost(host)}:${String(port)}`, port };
}

async function createApp(
  options: ServiceOptions,
  adapter: FastifyAdapter,
  shutdown: AbortSignal,
): Promise<NestFastifyApplication> {
  const nestOptions: NestApplicationOptions = { logger: new NestLogger(options.logger), abortOnError: false };
  return NestFactory.create<NestFastifyApplication>(serviceModule(options, shutdown), adapter, nestOptions);
}

function fastifyOptions(options: ServiceOptions, filter: ErrorFilter): FastifyServerOptions {
  const { tls, bodyLimit } = options.http;
  return {
    logger: false,
    bodyLimit: bodyLimit ?? DEFAULT_BODY_LIMIT,
    requestTimeout: receivingMs,
    genReqId: (request) => requestIdOf(request.headers['x-request-id']),
    clientErrorHandler: answerBrokenRequest,
    frameworkErrors: (error, request, reply) => {
      filter.answer(error, request, reply.header('x-request-id', request.id));
    },
    ...options.fastify,
    ...(tls === undefined ? {} : { https: tls }),
  };
}

/** A caller's id is kept when it is harmless, so that logs of several services can be joined. */
function requestIdOf(header: string | string[] | undefined): string {
  return typeof header === 'string' && /^[\w.:-]{8,128}$/.test(header) ? header : randomUUID();
}

function registerRequestId(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    done();
  });
}

async function listen(app: NestFastifyApplication, options: ServiceOptions): Promise<void> {
  const { host, port } = options.http;
  await app.init();
  try {
    await app.listen(port, host);
  } catch (error) {
    throw listenError(error, host, port);
  }
}

function listenError(error: unknown, host: string, port: number): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'EADDRINUSE') {
    return new MesheryError('meshery-config-1101', `Port ${String(port)} on ${host} is in use.`, {
      probableCause: 'Another program, perhaps a second copy of this one, listens there.',
      remedy: `Stop it (find it with: ss -ltnp "sport = :${String(port)}"), or choose another port with --port.`,
      cause: error,
    });
  }
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL') {
    return new MesheryError('meshery-config-1100', `Listening on ${host}, port ${String(port)}, is not possible.`, {
      probableCause: code === 'EACCES' ? 'The port is reserved for root.' : 'This machine does not have that address.',
      remedy: 'Choose another address with --host or another port with --port.',
      cause: error,
    });
  }
  return error;
}

function urlHost(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}

async function drain(
  app: NestFastifyApplication,
  options: ServiceOptions,
  shutdown: AbortController,
): Promise<boolean> {
  const { logger, readiness } = options;
  const drainMs = options.drainMs ?? DEFAULT_DRAIN_MS;
  readiness.drain();
  logger.info({ drainMs }, 'draining');
  shutdown.abort(new MesheryError('meshery-core-1004', 'The service is shutting down.', { remedy: 'Try again soon.' }));
  const closed = closeApp(app);
  const inTime = await Promise.race([closed, after(Math.max(drainMs - HOOKS_MS, drainMs / 2), false)]);
  const clean = inTime || (await cut(app, closed, options, drainMs));
  await options.tracing?.close();
  logger.info({ clean }, 'service stopped');
  return clean;
}

/**
 * A connection whose last request ends during the drain would stay open for its keep-alive time and hold up the close:
 * idle ones are closed as they appear.
 */
async function closeApp(app: NestFastifyApplication): Promise<true> {
  const server = app.getHttpServer();
  const sweep = setInterval(() => {
    server.closeIdleConnections();
  }, IDLE_SWEEP_MS);
  try {
    await app.close();
    return true;
  } finally {
    clearInterval(sweep);
  }
}

/** Requests that outlast the drain are cut, so that the shutdown hooks (stores, brokers) still run. */
async function cut(
  app: NestFastifyApplication,
  closed: Promise<boolean>,
  options: ServiceOptions,
  drainMs: number,
): Promise<false> {
  options.logger.warn({}, 'requests did not finish in time and are cut');
  app.getHttpServer().closeAllConnections();
  const ended = await Promise.race([closed, after(Math.min(HOOKS_MS, drainMs / 2), false)]);
  if (!ended) options.logger.error({}, 'shutdown hooks did not finish in time');
  return false;
}

async function after<T>(ms: number, value: T): Promise<T> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms, value).unref();
  });
}
