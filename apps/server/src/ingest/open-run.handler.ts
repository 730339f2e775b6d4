import { Source } from '@meshery/contracts';
import type { OpenRunRequest, OpenRunResponse } from '@meshery/contracts';
import { MesheryError } from '@meshery/errors';
import type { RequestContext } from '@meshery/observability';
import type { InventoryStore } from '@meshery/store';
import { Inject, Injectable } from '@nestjs/common';
import { requireVersion } from './caller.ts';
import { INVENTORY_STORE } from '../tokens.ts';

/** Registers an agent's start as the newest run of its cluster. */
@Injectable()
export class OpenRunHandler {
  readonly #store: InventoryStore;

  constructor(@Inject(INVENTORY_STORE) store: InventoryStore) {
    this.#store = store;
  }

  /**
   * Rejects with `meshery-core-1001` for a malformed request, with `meshery-messaging-1510` for an agent that is too
   * old, else as the store does.
   */
  async handle(ctx: RequestContext, request: OpenRunRequest): Promise<OpenRunResponse> {
    if (!/^[0-9A-HJKMNP-TV-Z]{26}$/.test(request.incarnation)) throw badIncarnation();
    // Published agents have versions of their own.
    if (request.source !== Source.SOURCE_PUBLISHED) requireVersion('agent', request.agentVersion);
    const response = await this.#store.openRun(request);
    ctx.logger.info(
      { cluster: request.clusterId, incarnation: request.incarnation, verdict: response.verdict },
      'run opened',
    );
    return response;
  }
}

function badIncarnation(): MesheryError {
  return new MesheryError('meshery-core-1001', 'The incarnation is not a ULID.', {
    remedy: 'Send a new ULID at each start of the agent.',
  });
}
