import type { RequestContext } from '@meshery/observability';
import { Inject, Injectable } from '@nestjs/common';
import { ChangeHub } from '../live/change-hub.ts';
import type { EventStream } from '../live/event-stream.ts';
import type { SubscribeRequest } from '../subscribe-query.ts';

/** Feeds one event stream with the changes of a selection until the client leaves. */
@Injectable()
export class FollowChangesHandler {
  readonly #hub: ChangeHub;

  constructor(@Inject(ChangeHub) hub: ChangeHub) {
    this.#hub = hub;
  }

  /** Resolves when the stream is live. */
  async handle(ctx: RequestContext, request: SubscribeRequest, stream: EventStream): Promise<void> {
    const { subscription, since } = request;
    const from = { signal: ctx.signal, ...(since === undefined ? {} : { since }) };
    stream.goLive(await this.#hub.follow(subscription, stream, from));
  }
}
