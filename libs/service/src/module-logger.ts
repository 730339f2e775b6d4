import type { Logger } from '@meshery/observability';
import type { FactoryProvider } from '@nestjs/common';
import { LOGGER, ROOT_LOGGER } from './tokens.ts';

/** Gives what a Nest module provides a logger whose level can be changed by that name while the process runs. */
export function moduleLogger(module: string): FactoryProvider<Logger> {
  return { provide: LOGGER, useFactory: (root: Logger) => root.child({ module }), inject: [ROOT_LOGGER] };
}
