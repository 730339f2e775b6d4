import { systemClock } from '@meshery/observability';
import type { RecentLines } from '@meshery/observability';
import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { RightGuard } from './access/right.guard.ts';
import { EnvironmentsModule } from './environments/environments.module.ts';
import { PeopleModule } from './people/people.module.ts';
import { ProviderModule } from './provider/provider.module.ts';
import { WorkspacesModule } from './workspaces/workspaces.module.ts';
import type { DynamicModule } from '@nestjs/common';
import { AdminModule } from './admin/admin.module.ts';
import { AuditModule } from './audit/audit.module.ts';
import { EventsModule } from './events/events.module.ts';
import { PublishModule } from './events/publish/publish.module.ts';
import { OperationsModule } from './operations/operations.module.ts';
import { RetentionModule } from './retention/retention.module.ts';
import { buildInfo } from './admin/build-info.ts';
import type { ServerConfig } from './config.ts';
import { DiscoveryModule } from './discovery/discovery.module.ts';
import { ServerGraphqlModule } from './graphql/graphql.module.ts';
import { ConnectionsModule } from './connections/connections.module.ts';
import { CredentialsModule } from './credentials/credentials.module.ts';
import { KubernetesModule } from './kubernetes/kubernetes.module.ts';
import { IdentityModule } from './identity/identity.module.ts';
import { IngestModule } from './ingest/ingest.module.ts';
import { InventoryModule } from './inventory/inventory.module.ts';
import type { SecurityParts } from './security-parts.ts';
import { StorageModule } from './storage/storage.module.ts';
import { ControllersModule } from './controllers/controllers.module.ts';
import { LaterModule } from './later/later.module.ts';
import { TelemetryModule } from './telemetry/telemetry.module.ts';
import { KeychainsModule } from './keychains/keychains.module.ts';
import { TeamsModule } from './teams/teams.module.ts';
import { ViewsModule } from './views/views.module.ts';
import { SystemModule } from './system/system.module.ts';
import { ExtensionsModule } from './extensions/extensions.module.ts';
import { FormsModule } from './forms/forms.module.ts';
import { OpenApiModule } from './openapi/openapi.module.ts';
import { ComponentsModule } from './components/components.module.ts';
import { GrpcModule } from './grpc/grpc.module.ts';
import { PreferencesModule } from './preferences/preferences.module.ts';
import { ServiceTokensModule } from './tokens/service-tokens.module.ts';
import { ConnectionDefinitionsModule } from './registry/connection-definitions/connection-definitions.module.ts';
import { RegistryModule } from './registry/registry.module.ts';
import { SupportModule } from './support/support.module.ts';
import {
  BUILD_INFO,
  CLOCK,
  CONFIG,
  FIRST_OWNER,
  OIDC_SETTINGS,
  RECENT_LINES,
  SIGN_IN_CODES,
  TOKEN_AUTHORITY,
} from './tokens.ts';
import { AdaptersModule } from './adapters/adapters.module.ts';

const features = [
  StorageModule,
  ConnectionDefinitionsModule,
  ProviderModule,
  IdentityModule,
  PeopleModule,
  EnvironmentsModule,
  WorkspacesModule,
  InventoryModule,
  ServerGraphqlModule,
  IngestModule,
  DiscoveryModule,
  AdminModule,
  AuditModule,
  EventsModule,
  OperationsModule,
  RetentionModule,
  CredentialsModule,
  ConnectionsModule,
  KubernetesModule,
  SystemModule,
  ControllersModule,
  TeamsModule,
  KeychainsModule,
  ViewsModule,
  PreferencesModule,
  FormsModule,
  ServiceTokensModule,
  ExtensionsModule,
  PublishModule,
  SupportModule,
  OpenApiModule,
  GrpcModule,
  RegistryModule,
  ComponentsModule,
  AdaptersModule,
  TelemetryModule,
  LaterModule,
];

/** The server's features around its configuration. */
@Module({})
export class AppModule {
  static with(config: ServerConfig, security: SecurityParts, recent: RecentLines): DynamicModule {
    const providers = [
      { provide: CONFIG, useValue: config },
      { provide: CLOCK, useValue: systemClock },
      { provide: BUILD_INFO, useFactory: buildInfo },
      { provide: TOKEN_AUTHORITY, useValue: security.authority },
      { provide: SIGN_IN_CODES, useValue: security.codes },
      { provide: FIRST_OWNER, useValue: security.owner },
      { provide: RECENT_LINES, useValue: recent },
      { provide: OIDC_SETTINGS, useFactory: () => security.oidc },
    ];
    return {
      module: AppModule,
      global: true,
      imports: features,
      providers: [...providers, { provide: APP_GUARD, useClass: RightGuard }],
      exports: providers.map(({ provide }) => provide),
    };
  }
}
