import type { RequestContext } from '@meshery/observability';
import { Inject, Injectable } from '@nestjs/common';
import { ChangeHub } from '../live/change-hub.ts';
import type { ResourceStream } from '../live/resource-stream.ts';
import type { SubscribeRequest } from '../subscribe-query.ts';

/** A subscription whose beginning is known. */
type StartedRequest = SubscribeRequest & Required<Pick<SubscribeRequest, 'since'>>;

/** Feeds one event stream with the changes of a selection until the client leaves. */
@Injectable()
export class FollowChangesHandler {
  readonly #hub: ChangeHub;

  constructor(@Inject(ChangeHub) hub: ChangeHub) {
    this.#hub = hub;
  }

  /** Where a stream begins that names no position: a client hears of everything that happens after its answer began. */
  position(): Promise<number> {
    return this.#hub.position();
  }

  /** Resolves when the stream is live. */
  async handle(ctx: RequestContext, request: StartedRequest, stream: ResourceStream): Promise<void> {
    const { subscription, since } = request;
    stream.goLive(await this.#hub.follow(subscription, stream, { user: ctx.user, signal: ctx.signal, since }));
  }
}
