import type { Category, ComponentDraft, ModelDraft, Registrant, RegistrantDraft } from '@meshery/object-model';
import type { Clock } from '@meshery/observability';
import type { ComponentRecord, ModelRecord, UserData, UserStore } from '@meshery/store';
import { KeyedQueue } from '../connections/keyed-queue.ts';
import { timestamp } from '../provider/local/local-parts.ts';
import { contentDigest, registryId } from './registry-id.ts';

/** Components that one transaction keeps: others come in between. */
const rowsAtOnce = 25;

/** A model with some of its components, and who brings them. */
export interface Registration {
  readonly registrant: RegistrantDraft;
  readonly model: ModelDraft;
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
  async register({ registrant, model, components }: Registration): Promise<Kept> {
    const total = { added: 0, changed: 0 };
    for (let from = 0; from < components.length; from += rowsAtOnce) {
      const piece = components.slice(from, from + rowsAtOnce);
      // Two at once would both find nothing and both add it.
      const kept = await this.#queue.run('registry', () =>
        this.#store.change(async (data) => keepComponents(data, await this.#keepModel(data, registrant, model), piece)),
      );
      total.added += kept.added;
      total.changed += kept.changed;
    }
    return total;
  }

  async #keepModel(data: UserData, registrant: RegistrantDraft, draft: ModelDraft): Promise<ModelRecord> {
    const at = timestamp(this.#clock);
    const registrantId = await keepRegistrant(data, registrant, at);
    const { category, ...fields } = draft;
    const categoryId = await keepCategory(data, category, at);
    const id = registryId('model', registrantId, draft.name, draft.modelVersion);
    const digest = contentDigest(draft);
    const keys = { digest, duplicateKey: `${draft.name} ${draft.modelVersion}`, isAnnotation: isAnnotation(draft) };
    const made = { ...fields, ...keys, id, registrantId, categoryId, createdAt: at, updatedAt: at };
    const known = await data.models.find({ id });
    if (known === undefined) await data.models.insert(made);
    else if (known.digest !== digest) await data.models.update(id, changesOf(made));
    return made;
  }
}

async function keepRegistrant(data: UserData, draft: RegistrantDraft, at: string): Promise<string> {
  const id = registryId('registrant', draft.kind, draft.name);
  const made: Registrant = { ...draft, id, createdAt: at, updatedAt: at };
  if ((await data.registrants.find({ id })) === undefined) await data.registrants.insert(made);
  return id;
}

async function keepCategory(data: UserData, name: Category['name'], at: string): Promise<string> {
  const id = registryId('category', name);
  const made: Category = { id, name, metadata: {}, createdAt: at, updatedAt: at };
  if ((await data.categories.find({ id })) === undefined) await data.categories.insert(made);
  return id;
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

function isAnnotation({ metadata }: Pick<ModelDraft, 'metadata'>): boolean {
  return metadata['isAnnotation'] === true;
}

function changesOf<Row extends { readonly createdAt: string; readonly status: string }>({
  createdAt: _createdAt,
  status: _status,
  ...changes
}: Row): Omit<Row, 'createdAt' | 'status'> {
  return changes;
}
