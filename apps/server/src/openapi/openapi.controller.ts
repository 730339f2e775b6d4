import { Controller, Get, Header, Inject } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { openApiText } from './openapi-text.ts';

/** The description of this API for programs. */
@Controller('api/openapi.json')
export class OpenApiController {
  readonly #modules: ModulesContainer;
  #text: string | undefined;

  constructor(@Inject(ModulesContainer) modules: ModulesContainer) {
    this.#modules = modules;
  }

  @Get()
  @Header('content-type', 'application/json; charset=utf-8')
  read(): string {
    this.#text ??= openApiText(this.#modules);
    return this.#text;
  }
}
