import { Controller, Get, Header, Inject, Res } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import type { FastifyReply } from 'fastify';
import { explorerPage } from './explorer-page.ts';
import { openApiText } from './openapi-text.ts';

/** The description of this API: for programs, and as a page to try it on. */
@Controller('api')
export class OpenApiController {
  readonly #modules: ModulesContainer;
  readonly #page = explorerPage();
  #text: string | undefined;

  constructor(@Inject(ModulesContainer) modules: ModulesContainer) {
    this.#modules = modules;
  }

  @Get('openapi.json')
  @Header('content-type', 'application/json; charset=utf-8')
  read(): string {
    this.#text ??= openApiText(this.#modules);
    return this.#text;
  }

  @Get('explorer')
  explore(@Res() reply: FastifyReply): void {
    const { content, type, policy } = this.#page;
    void reply.header('content-security-policy', policy).type(type).send(content);
  }
}
