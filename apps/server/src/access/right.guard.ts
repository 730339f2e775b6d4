import type { Right, Session } from '@meshery/security';
import { Inject, Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { GqlExecutionContext } from '@nestjs/graphql';
import type { FastifyRequest } from 'fastify';
import type { GraphQLResolveInfo } from 'graphql';
import type { GraphqlContext } from '../graphql/graphql-context.ts';
import { demandOf, meets, unmet } from './demand.ts';
import { fieldPermission } from './permissions/operation-permissions.ts';
import { routePermission } from './permissions/route-permissions.ts';
import { attachSession, sessionOf } from './request-session.ts';

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
    const { session } = asked;
    if (session === undefined) return true;
    const demand = demandOf(this.#reflector, context, asked);
    if (!meets(session, demand)) throw unmet(demand);
    if (demand.permission !== undefined) asked.admit({ ...session, permission: demand.permission });
    return true;
  }
}

interface Asked {
  /** Undefined: a public route without a token. */
  readonly session: Session | undefined;
  readonly reads: boolean;
  /** Undefined for what everybody with a role that has the right may. */
  readonly permission: (right: Right) => string | undefined;
  /** Remembers what let the request in. */
  readonly admit: (session: Session) => void;
}

/** The permission that a request over HTTP needs. */
export function requestPermission({ method, routeOptions }: FastifyRequest, right: Right): string | undefined {
  return routePermission(method, routeOptions.url ?? '', right);
}

function httpFacts(context: ExecutionContext): Asked {
  const request = context.switchToHttp().getRequest<FastifyRequest>();
  return {
    session: sessionOf(request),
    reads: reading.has(request.method),
    permission: (right) => requestPermission(request, right),
    admit: (session) => {
      attachSession(request, session);
    },
  };
}

function graphqlFacts(context: ExecutionContext): Asked {
  const graphql = GqlExecutionContext.create(context);
  const { operation, fieldName } = graphql.getInfo<GraphQLResolveInfo>();
  const asked = graphql.getContext<GraphqlContext>();
  return {
    session: asked.session,
    reads: operation.operation !== 'mutation',
    permission: (right) => fieldPermission(fieldName, right),
    admit: (session) => {
      // A subscription is one field; other operations may have several.
      if (operation.operation === 'subscription') asked.session = session;
    },
  };
}
