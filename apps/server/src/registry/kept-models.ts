import type { Category, ModelDraft, Registrant, RegistrantDraft } from '@meshery/object-model';
import type { ModelRecord, UserData } from '@meshery/store';
import { contentDigest, registryId } from './registry-id.ts';

/** A model and who brings it. */
export interface BroughtModel {
  readonly registrant: RegistrantDraft;
  readonly model: ModelDraft;
}

/** Keeps a model as it is now, with its registrant and its category; the same again changes nothing. */
export async function keepModel(data: UserData, brought: BroughtModel, at: string): Promise<ModelRecord> {
  const { model: draft, registrant } = brought;
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

/** Whether something is only drawn. */
export function isAnnotation({ metadata }: Pick<ModelDraft, 'metadata'>): boolean {
  return metadata['isAnnotation'] === true;
}

/** What a source changes of what is there: neither when it came, nor whether users have it offered. */
export function changesOf<Row extends { readonly createdAt: string; readonly status: string }>({
  createdAt: _createdAt,
  status: _status,
  ...changes
}: Row): Omit<Row, 'createdAt' | 'status'> {
  return changes;
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
