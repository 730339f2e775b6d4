import { Header, Inject, Injectable, UseInterceptors, applyDecorators } from '@nestjs/common';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { lastValueFrom, of } from 'rxjs';
import type { Observable } from 'rxjs';
import { demandOf } from '../access/demand.ts';
import { requestPermission } from '../access/right.guard.ts';
import { KeptAnswers, keptType } from './kept-answers.ts';

/** Runs behind the guards, so that only what somebody was allowed to read is kept. */
@Injectable()
class KeepAnswer implements NestInterceptor<object, string> {
  readonly #kept: KeptAnswers;
  readonly #reflector: Reflector;

  constructor(@Inject(KeptAnswers) kept: KeptAnswers, @Inject(Reflector) reflector: Reflector) {
    this.#kept = kept;
    this.#reflector = reflector;
  }

  async intercept(context: ExecutionContext, next: CallHandler<object>): Promise<Observable<string>> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const demand = demandOf(this.#reflector, context, {
      reads: true,
      permission: (right) => requestPermission(request, right),
    });
    return of(await this.#kept.keep(request, demand, () => lastValueFrom(next.handle())));
  }
}

/**
 * The answer of this GET handler is kept: it is made of nothing but who asks, the URL, and what that one's provider
 * keeps. Never for what depends on time, on clusters or on other headers.
 */
export const Kept = (): MethodDecorator =>
  applyDecorators(Header('content-type', keptType), UseInterceptors(KeepAnswer));
