import type { Connection } from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import type { ConnectionDriver, ProbeAnswer } from './connection-driver.ts';

/** A driver of what is only asked when somebody wants an answer: nothing runs on behalf of its connections. */
export abstract class AskedDriver implements ConnectionDriver {
  abstract probe(ctx: RequestContext, connection: Connection): Promise<ProbeAnswer>;

  start(_connection: Connection): Promise<void> {
    return Promise.resolve();
  }

  resume(): Promise<void> {
    return Promise.resolve();
  }

  takeLeave(_connection: Connection): Promise<() => Promise<void>> {
    return Promise.resolve(() => Promise.resolve());
  }

  stop(_connection: Connection): Promise<void> {
    return Promise.resolve();
  }

  forget(_connection: Connection): Promise<void> {
    return Promise.resolve();
  }
}
