import { randomUUID } from 'node:crypto';
import type { Clock, Logger } from '@meshery/observability';
import { LOGGER, moduleLogger } from '@meshery/service';
import type { UserStore } from '@meshery/store';
import { Module } from '@nestjs/common';
import { ConnectionsModule } from '../connections/connections.module.ts';
import { KubernetesDriver } from '../connections/kinds/kubernetes-driver.ts';
import { Operations } from '../operations/operations.ts';
import { EventNotes } from '../provider/local/event-notes.ts';
import { Providers } from '../provider/providers.ts';
import { CLOCK, USER_STORE } from '../tokens.ts';
import { ClusterRegistration } from './cluster/cluster-registration.ts';
import { RegisterController } from './cluster/register.controller.ts';
import { ConnectionDefinitions } from './connection-definitions/connection-definitions.ts';
import { DefinitionWriter } from './connection-definitions/definition-writer.ts';
import { ConnectionDefinitionsController } from './connection-definitions/connection-definitions.controller.ts';
import { OlderPoliciesController, RegistryController } from './read/registry.controller.ts';
import { RegistryReader } from './read/registry-reader.ts';
import { RegistryWriter } from './registry-writer.ts';

const writer = {
  provide: RegistryWriter,
  useFactory: (store: UserStore, clock: Clock) => new RegistryWriter(store, clock),
  inject: [USER_STORE, CLOCK],
};

const reader = {
  provide: RegistryReader,
  useFactory: (store: UserStore) => new RegistryReader(store),
  inject: [USER_STORE],
};

const definitions = {
  provide: DefinitionWriter,
  useFactory: (store: UserStore, clock: Clock, kinds: ConnectionDefinitions) => {
    const notes = new EventNotes({ clock, newId: randomUUID });
    return new DefinitionWriter({ store, clock, notes, definitions: kinds });
  },
  inject: [USER_STORE, CLOCK, ConnectionDefinitions],
};

const clusters = {
  provide: ClusterRegistration,
  useFactory: (
    operations: Operations,
    providers: Providers,
    kubernetes: KubernetesDriver,
    registry: RegistryWriter,
    ...[clock, logger]: readonly [Clock, Logger]
  ) => new ClusterRegistration({ operations, providers, kubernetes, writer: registry, clock, logger }),
  inject: [Operations, Providers, KubernetesDriver, RegistryWriter, CLOCK, LOGGER],
};

/** The registry: models and what is in them, over REST, and where they come from. */
@Module({
  imports: [ConnectionsModule],
  controllers: [RegisterController, RegistryController, OlderPoliciesController, ConnectionDefinitionsController],
  providers: [moduleLogger('registry'), writer, reader, definitions, clusters],
  exports: [RegistryReader],
})
export class RegistryModule {}
