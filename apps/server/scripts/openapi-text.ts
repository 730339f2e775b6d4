import 'reflect-metadata';
import { LOGGER, METRICS, READINESS, ROOT_LOGGER, SHUTDOWN_SIGNAL, TRACING } from '@meshery/service';
import { ModulesContainer, NestFactory } from '@nestjs/core';
import { AppModule } from '../src/app.module.ts';
import type { ServerConfig } from '../src/config.ts';
import { openApiText } from '../src/openapi/openapi-text.ts';
import type { RecentLines } from '@meshery/observability';
import type { SecurityParts } from '../src/security-parts.ts';

/** What a service gives its modules. */
const given = [LOGGER, METRICS, READINESS, ROOT_LOGGER, SHUTDOWN_SIGNAL, TRACING];
class GivenModule {}

/** The OpenAPI document as text, made from the controllers without starting a server: a preview makes nothing. */
export async function openApiFile(): Promise<string> {
  const root = {
    module: GivenModule,
    global: true,
    imports: [AppModule.with({} as ServerConfig, {} as SecurityParts, {} as RecentLines)],
    providers: given.map((provide) => ({ provide, useValue: {} })),
    exports: given,
  };
  const app = await NestFactory.createApplicationContext(root, { preview: true, logger: false, abortOnError: false });
  try {
    return openApiText(app.get(ModulesContainer));
  } finally {
    await app.close();
  }
}
