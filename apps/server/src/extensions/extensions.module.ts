import { Module } from '@nestjs/common';
import type { ServerConfig } from '../config.ts';
import { CONFIG } from '../tokens.ts';
import { ExtensionsController } from './extensions.controller.ts';
import { Extensions } from './extensions.ts';
import { PackageStore } from './package-store.ts';

const packages = {
  provide: PackageStore,
  useFactory: ({ dataDir }: ServerConfig) => new PackageStore(dataDir),
  inject: [CONFIG],
};

/** What remote providers add to this server. */
@Module({ controllers: [ExtensionsController], providers: [Extensions, packages] })
export class ExtensionsModule {}
