import { Controller, Get, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Needs } from '../access/needs.ts';
import { playgroundPage } from './playground-page.ts';

/** A page that sends queries and shows their answers; it brings along all it needs. */
@Controller('api/system/graphql/playground')
@Needs('read')
export class PlaygroundController {
  readonly #page = playgroundPage();

  @Get()
  show(@Res() reply: FastifyReply): void {
    this.#send(reply);
  }

  @Post()
  showAgain(@Res() reply: FastifyReply): void {
    this.#send(reply);
  }

  #send(reply: FastifyReply): void {
    const { content, type, policy } = this.#page;
    void reply.code(200).header('content-security-policy', policy).type(type).send(content);
  }
}
