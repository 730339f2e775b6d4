import { MesheryError } from '@meshery/errors';
import { hasRight } from '@meshery/security';
import type { Right } from '@meshery/security';
import { Inject, Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { GqlExecutionContext } from '@nestjs/graphql';
import type { FastifyRequest } from 'fastify';
import type { GraphQLResolveInfo } from 'graphql';
import type { GraphqlContext } from '../graphql/graphql-context.ts';
import { neededRight } from './needs.ts';
import { sessionOf } from './request-session.ts';

const reading = new Set(['GET', 'HEAD']);

/**
 * Decides what somebody who is known may do. Whether a request needs an identity at all was decided before, by the
 * access gate: where it let nobody in particular pass, there is nothing to look at here.
 */
@Injectable()
export class RightGuard implements CanActivate {
  readonly #reflector: Reflector;

  constructor(@Inject(Reflector) reflector: Reflector) {
    this.#reflector = reflector;
  }

  canActivate(context: ExecutionContext): true {
    const asked = context.getType<string>() === 'graphql' ? graphqlFacts(context) : httpFacts(context);
    if (asked.roles === undefined) return true;
    const declared = this.#reflector.getAllAndOverride<Right | undefined>(neededRight, [
      context.getHandler(),
      context.getClass(),
    ]);
    const right = declared ?? (asked.reads ? 'read' : 'write');
    if (!hasRight(asked.roles, right)) throw missingRight(right);
    return true;
  }
}

interface Asked {
  /** Undefined: a public route without a token. */
  readonly roles: readonly string[] | undefined;
  readonly reads: boolean;
}

function httpFacts(context: ExecutionContext): Asked {
  const request = context.switchToHttp().getRequest<FastifyRequest>();
  return { roles: sessionOf(request)?.identity.roles, reads: reading.has(request.method) };
}

function graphqlFacts(context: ExecutionContext): Asked {
  const graphql = GqlExecutionContext.create(context);
  const { operation } = graphql.getInfo<GraphQLResolveInfo>();
  const { session } = graphql.getContext<GraphqlContext>();
  return { roles: session.identity.roles, reads: operation.operation !== 'mutation' };
}

/** The error of somebody who is known and may not do what was asked. */
export function missingRight(right: Right): MesheryError {
  const needs = { read: 'viewer', write: 'editor', administer: 'admin' } as const;
  return new MesheryError('meshery-auth-1202', `This needs the role "${needs[right]}".`, {
    probableCause: 'Your account has a role that may not do this; nothing was changed.',
    remedy: `Ask an administrator of this server to give you the role "${needs[right]}".`,
    details: { right },
  });
}
