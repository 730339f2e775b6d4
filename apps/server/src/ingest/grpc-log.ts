import { setLogger } from '@grpc/grpc-js';
import type { Logger } from '@meshery/observability';

/** Sends what the gRPC library has to say to our log; it writes to standard error otherwise. It has one log a process. */
export function logGrpcWith(logger: Logger): void {
  const words = (parts: readonly unknown[]): string => parts.map(String).join(' ');
  setLogger({
    error: (...parts: readonly unknown[]) => {
      logger.warn({ library: 'grpc-js' }, words(parts));
    },
    info: (...parts: readonly unknown[]) => {
      logger.info({ library: 'grpc-js' }, words(parts));
    },
    debug: (...parts: readonly unknown[]) => {
      logger.debug({ library: 'grpc-js' }, words(parts));
    },
  });
}
