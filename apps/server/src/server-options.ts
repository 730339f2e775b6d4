import { readFile } from 'node:fs/promises';
import multipart from '@fastify/multipart';
import { MesheryError } from '@meshery/errors';
import { createMetricsRegistry, systemClock } from '@meshery/observability';
import type { Logger, RecentLines } from '@meshery/observability';
import { ReadinessRegistry } from '@meshery/service';
import type { HttpOptions, ServiceOptions } from '@meshery/service';
import { AccessGate } from './access/access-gate.ts';
import { provideLogger } from './access/ctx.ts';
import { SignInLimit } from './access/sign-in-limit.ts';
import { buildInfo } from './admin/build-info.ts';
import { AppModule } from './app.module.ts';
import { auditRefusals } from './audit/refusal-hook.ts';
import { RefusalLog } from './audit/refusal-log.ts';
import type { ServerConfig } from './config.ts';
import { loadSecurity } from './security-parts.ts';
import type { SecurityParts } from './security-parts.ts';
import { renewTokenCookie } from './identity/session-cookies.ts';
import { Sessions } from './sessions/sessions.ts';
import { registerWeb } from './web/web-routes.ts';

/** Largest request body; nothing in the API needs more. */
const bodyLimit = 1024 * 1024;
/** Of multipart forms; the one that there is has one file and a few fields. */
const uploadLimits = { files: 1, fileSize: bodyLimit, fields: 10, fieldSize: bodyLimit, parts: 11 };
/** Longest path parameter: a published id of the longest names is below it. */
const maxParamLength = 4096;

/** A server about to start: its options, and the parts that `main` needs afterwards. */
export interface PreparedServer {
  readonly options: ServiceOptions;
  readonly security: SecurityParts;
}

/** Assembles the server from its configuration; `recent` are the lines of the logger. Rejects with a coded error for keys and certificates. */
export async function prepareServer(
  config: ServerConfig,
  logger: Logger,
  recent: RecentLines,
): Promise<PreparedServer> {
  const [security, http] = await Promise.all([
    loadSecurity(config, { clock: systemClock, logger }),
    httpOptions(config),
  ]);
  const { version } = buildInfo();
  const options: ServiceOptions = {
    name: 'server',
    version,
    module: AppModule.with(config, security, recent),
    logger,
    http,
    health: { livePath: '/healthz/live', readyPath: '/healthz/ready' },
    readiness: new ReadinessRegistry(),
    metrics: createMetricsRegistry({ service: 'server', version }),
    fastify: { routerOptions: { maxParamLength } },
    configure: async (app) => {
      const fastify = app.getHttpAdapter().getInstance();
      const gate = accessGate(app.get(Sessions), config, logger);
      provideLogger(fastify, logger.child({ module: 'http' }));
      fastify.addHook('onRequest', gate.onRequest);
      fastify.addHook('onSend', auditRefusals(app.get(RefusalLog, { strict: false })));
      await fastify.register(multipart, { limits: uploadLimits, throwFileSizeLimit: true });
      fastify.addHook('onRequest', new SignInLimit(systemClock).onRequest);
      await registerWeb(fastify, config);
    },
  };
  return { options, security };
}

function accessGate(sessions: Sessions, config: ServerConfig, logger: Logger): AccessGate {
  const isSecure = config.tlsCert !== undefined;
  return new AccessGate({
    sessions,
    logger,
    ...hostRules(config),
    renew: (reply, token) => {
      renewTokenCookie(reply, token, isSecure);
    },
  });
}

/** Beyond loopback the names are known only to who set the server up: without a list any name is taken. */
function hostRules(config: ServerConfig): Pick<ServerConfig, 'allowedHosts' | 'allowedOrigins'> {
  const { allowedHosts, allowedOrigins, isLoopback } = config;
  const names = allowedHosts.map((name) => name.toLowerCase());
  return { allowedHosts: names.length === 0 && !isLoopback ? ['*'] : names, allowedOrigins };
}

async function httpOptions(config: ServerConfig): Promise<HttpOptions> {
  const { host, port, tlsCert, tlsKey } = config;
  if (tlsCert === undefined || tlsKey === undefined) return { host, port, bodyLimit };
  const [cert, key] = await Promise.all([readPem(tlsCert), readPem(tlsKey)]);
  return { host, port, bodyLimit, tls: { cert, key } };
}

async function readPem(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new MesheryError('meshery-config-1100', `The TLS file ${path} cannot be read.`, {
      remedy: 'Check --tls-cert and --tls-key.',
      cause,
    });
  }
}
