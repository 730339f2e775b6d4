import { createMetricsRegistry, systemClock } from '@meshery/observability';
import type { Logger } from '@meshery/observability';
import { ReadinessRegistry } from '@meshery/service';
import type { ServiceOptions } from '@meshery/service';
import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { Accounts } from './accounts.ts';
import { Callbacks } from './callbacks.ts';
import { Callers } from './callers.ts';
import { LinksController } from './links.controller.ts';
import { LoginController } from './login.controller.ts';
import { PackageController } from './package.controller.ts';
import { PeopleController } from './people.controller.ts';
import { RecordsController } from './records.controller.ts';
import { Records } from './records.ts';
import { SessionController, anonymousSetting } from './session.controller.ts';
import { SharingController } from './sharing.controller.ts';
import type { TlsKeys } from './tls-keys.ts';
import { TokenDesk } from './token-desk.ts';

const version = '0.1.0';

/** What a provider is made of. */
export interface ProviderParts {
  readonly accounts: Accounts;
  readonly callbacks: readonly string[];
  readonly tokenSeconds: number;
  /** Whether people without an account are let in. */
  readonly anonymous: boolean;
  readonly host: string;
  readonly port: number;
  /** Certificate and key, PEM; plain HTTP without them. */
  readonly tls?: TlsKeys | undefined;
  readonly logger: Logger;
}

/** The provider. */
@Module({
  controllers: [
    LoginController,
    PackageController,
    SessionController,
    PeopleController,
    LinksController,
    RecordsController,
    SharingController,
  ],
})
class ProviderModule {
  static with({ accounts, callbacks, anonymous }: ProviderParts, desk: TokenDesk): DynamicModule {
    const providers = [
      { provide: Accounts, useValue: accounts },
      { provide: Callbacks, useValue: new Callbacks(callbacks) },
      { provide: TokenDesk, useValue: desk },
      { provide: anonymousSetting, useValue: anonymous },
      Callers,
      Records,
    ];
    return { module: ProviderModule, providers };
  }
}

/** Assembles the provider; it keeps its keys, sessions and records in memory. */
export async function providerOptions(parts: ProviderParts): Promise<ServiceOptions & { readonly desk: TokenDesk }> {
  const { accounts, tokenSeconds, host, port, tls, logger } = parts;
  const desk = await TokenDesk.create({ accounts, tokenSeconds, clock: systemClock });
  return {
    desk,
    name: 'remote-provider',
    version,
    module: ProviderModule.with(parts, desk),
    logger,
    http: { host, port, bodyLimit: 1024 * 1024, ...(tls === undefined ? {} : { tls }) },
    health: { livePath: '/healthz/live', readyPath: '/healthz/ready' },
    readiness: new ReadinessRegistry(),
    metrics: createMetricsRegistry({ service: 'remote-provider', version }),
  };
}
