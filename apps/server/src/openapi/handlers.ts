import 'reflect-metadata';
import type { Right } from '@meshery/security';
import { RequestMethod } from '@nestjs/common';
import { HTTP_CODE_METADATA, METHOD_METADATA, PATH_METADATA, ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import { MetadataScanner } from '@nestjs/core';
import type { ModulesContainer } from '@nestjs/core';
import { neededRight } from '../access/needs.ts';
import { RecordIdPipe } from '../rest/record-id.ts';

/** What the code of a handler says about its route. */
export interface HandlerFacts {
  readonly method: string;
  /** As it is registered, with `:name` for parameters. */
  readonly path: string;
  /** Of an answer without a fault. */
  readonly status: number;
  /** Undefined where the method decides. */
  readonly right: Right | undefined;
  /** Path parameters that are ids of records. */
  readonly ids: readonly string[];
  readonly hasBody: boolean;
}

type Class = abstract new (...args: never[]) => object;
type Arguments = Readonly<Record<string, { readonly data?: unknown; readonly pipes?: readonly unknown[] }>>;

/** The handlers of all controllers; OPTIONS, which tells nothing, is left out. */
export function handlersOf(modules: ModulesContainer): readonly HandlerFacts[] {
  const controllers = [...modules.values()].flatMap((module) => [...module.controllers.values()]);
  const classes = new Set(controllers.map(({ metatype }) => metatype as Class));
  return [...classes].flatMap(handlersOfClass).filter(({ method }) => method !== 'OPTIONS');
}

function handlersOfClass(controller: Class): HandlerFacts[] {
  const prototype = controller.prototype as Readonly<Record<string, object>>;
  const names = new MetadataScanner().getAllMethodNames(prototype);
  return names.flatMap((name) => {
    const handler = prototype[name];
    if (handler === undefined || !Reflect.hasMetadata(METHOD_METADATA, handler)) return [];
    const method = RequestMethod[read(METHOD_METADATA, handler) as RequestMethod];
    const facts = {
      method,
      status: (read(HTTP_CODE_METADATA, handler) as number | undefined) ?? (method === 'POST' ? 201 : 200),
      right: (read(neededRight, handler) ?? read(neededRight, controller)) as Right | undefined,
      ...argumentsOf(controller, name),
    };
    return pathsOf(controller, handler).map((path) => ({ ...facts, path }));
  });
}

function argumentsOf(controller: Class, name: string): Pick<HandlerFacts, 'ids' | 'hasBody'> {
  const all = Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, name) as Arguments | undefined;
  const given = Object.entries(all ?? {}).map(([key, argument]) => ({
    ...argument,
    type: Number(key.split(':', 1)[0]),
  }));
  const ids = given.filter(({ type, pipes = [] }) => type === RouteParamtypes.PARAM && pipes.includes(RecordIdPipe));
  return {
    ids: ids.map(({ data }) => String(data)),
    hasBody: given.some(({ type }) => type === RouteParamtypes.BODY),
  };
}

function pathsOf(controller: Class, handler: object): string[] {
  const texts = (at: object): string[] => [read(PATH_METADATA, at) as string | string[]].flat();
  return texts(controller).flatMap((base) => texts(handler).map((end) => joined(base, end)));
}

function joined(...parts: string[]): string {
  return `/${parts
    .flatMap((part) => part.split('/'))
    .filter((part) => part !== '')
    .join('/')}`;
}

function read(key: string, target: object): unknown {
  return Reflect.getMetadata(key, target);
}
