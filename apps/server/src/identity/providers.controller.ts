import { Controller, Get, Inject } from '@nestjs/common';
import type { BuildInfo } from '../admin/build-info.ts';
import { BUILD_INFO } from '../tokens.ts';
import { providerList } from './provider-list.ts';
import type { ProviderProperties } from './provider-list.ts';

/** Who keeps what users make; asked before sign-in. */
@Controller('api/providers')
export class ProvidersController {
  readonly #providers: Readonly<Record<string, ProviderProperties>>;

  constructor(@Inject(BUILD_INFO) { version }: BuildInfo) {
    this.#providers = providerList(version);
  }

  @Get()
  list(): Readonly<Record<string, ProviderProperties>> {
    return this.#providers;
  }
}
