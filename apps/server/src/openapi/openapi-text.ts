import type { ModulesContainer } from '@nestjs/core';
import { openApiDocument } from './document.ts';
import { features } from './features/index.ts';
import { handlersOf } from './handlers.ts';

/** The OpenAPI document of a server with these modules, as JSON. */
export function openApiText(modules: ModulesContainer): string {
  return JSON.stringify(openApiDocument(handlersOf(modules), features));
}
