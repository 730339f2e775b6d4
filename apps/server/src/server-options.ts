import { createMetricsRegistry, systemClock } from '@meshery/observability';
import type { Logger, RecentLines } from '@meshery/observability';
import { ReadinessRegistry } from '@meshery/service';
import type { ServiceOptions } from '@meshery/service';
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
import { leadToSoleRemote, signInPath } from './identity/sole-sign-in.ts';
import { refuseDeepBodies } from './rest/body-depth.ts';
import { registerFormParser } from './rest/form-parser.ts';
import { KeptAnswers } from './rest/kept-answers.ts';
import { readUntypedAsJson } from './rest/untyped-body.ts';
import { Sessions } from './sessions/sessions.ts';
import { followTlsPair, readTlsPair } from './tls/http-certificate.ts';
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
  const [security, tls] = await Promise.all([
    loadSecurity(config, { clock: systemClock, logger }),
    readTlsPair(config),
  ]);
  const { version } = buildInfo();
  const options: ServiceOptions = {
    name: 'server',
    version,
    module: AppModule.with(config, security, recent),
    logger,
    http: { host: config.host, port: config.port, bodyLimit, ...(tls === undefined ? {} : { tls }) },
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
      fastify.addHook('onRequest', new SignInLimit(systemClock).onRequest);
      fastify.addHook('onRequest', app.get(KeptAnswers, { strict: false }).onRequest);
      fastify.addHook('preValidation', refuseDeepBodies);
      readUntypedAsJson(fastify);
      await registerFormParser(fastify, { limits: uploadLimits, throwFileSizeLimit: true });
      await registerWeb(fastify, { ...config, leadOn: leadToSoleRemote(config) });
      const certificate = followTlsPair(fastify.server, config, { before: tls, clock: systemClock, logger });
      fastify.addHook('onClose', () => certificate?.stop());
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
    isSecure,
    signInPath: (asked) => signInPath(config, asked),
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
