import type { ComponentDraft } from '@meshery/object-model';
import type { Clock } from '@meshery/observability';
import type { ComponentRecord, ModelRecord, UserData, UserStore } from '@meshery/store';
import { KeyedQueue } from '../connections/keyed-queue.ts';
import { timestamp } from '../provider/local/local-parts.ts';
import { changesOf, isAnnotation, keepModel } from './kept-models.ts';
import type { BroughtModel } from './kept-models.ts';
import { contentDigest, registryId } from './registry-id.ts';

/** Components that one transaction keeps: others come in between. */
const rowsAtOnce = 25;

/** A model with some of its components, and who brings them. */
export interface Registration extends BroughtModel {
  readonly components: readonly ComponentDraft[];
}

/** What a registration did. */
export interface Kept {
  readonly added: number;
  readonly changed: number;
}

/**
 * Keeps definitions under ids that follow from what they are: the same again changes nothing, other content takes the
 * place of what was there. Whether something is offered (`status`) is said by users and stays as it is.
 */
export class RegistryWriter {
  readonly #store: UserStore;
  readonly #clock: Clock;
  readonly #queue = new KeyedQueue();

  constructor(store: UserStore, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  /** Rejects with `meshery-store-16xx`; what was kept before stays, and the same registration completes it. */
  async register({ components, ...brought }: Registration): Promise<Kept> {
    const total = { added: 0, changed: 0 };
    for (let from = 0; from < components.length; from += rowsAtOnce) {
      const piece = components.slice(from, from + rowsAtOnce);
      // Two at once would both find nothing and both add it.
      const kept = await this.#queue.run('registry', () =>
        this.#store.change(async (data) => {
          return keepComponents(data, await keepModel(data, brought, timestamp(this.#clock)), piece);
        }),
      );
      total.added += kept.added;
      total.changed += kept.changed;
    }
    return total;
  }
}

async function keepComponents(data: UserData, model: ModelRecord, drafts: readonly ComponentDraft[]): Promise<Kept> {
  const records = drafts.map((draft) => recordOf(model, draft));
  const known = await data.components.all({ id: records.map(({ row }) => row.id) });
  const digests = new Map(known.map(({ id, digest }) => [id, digest]));
  const kept = { added: 0, changed: 0 };
  for (const { row, body } of records) {
    const { id } = row;
    const digest = digests.get(id);
    if (digest === row.digest) continue;
    if (digest === undefined) {
      await data.components.insert(row);
      await data.componentSchemas.insert({ id, body });
      kept.added += 1;
    } else {
      await data.components.update(id, changesOf(row));
      await data.componentSchemas.update(id, { body });
      kept.changed += 1;
    }
  }
  return kept;
}

function recordOf(model: ModelRecord, draft: ComponentDraft): { readonly row: ComponentRecord; readonly body: string } {
  const { schema: body, ...fields } = draft;
  const { kind, apiVersion } = draft;
  const id = registryId('component', model.id, kind, apiVersion);
  const duplicateKey = `${kind} ${apiVersion} ${model.name}`;
  const keys = { digest: contentDigest(draft), duplicateKey, isAnnotation: isAnnotation(draft) };
  return {
    row: { ...fields, ...keys, id, modelId: model.id, createdAt: model.updatedAt, updatedAt: model.updatedAt },
    body,
  };
}
