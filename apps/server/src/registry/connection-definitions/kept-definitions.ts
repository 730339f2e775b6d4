import type { ConnectionDefinitionDraft } from '@meshery/object-model';
import type { ConnectionDefinitionRecord, UserData } from '@meshery/store';
import { contentDigest, registryId } from '../registry-id.ts';

/** A kind of connection about to be kept. */
export interface DefinitionKeeping {
  readonly draft: ConnectionDefinitionDraft;
  readonly modelId: string;
  /** RFC 3339. */
  readonly at: string;
}

/** What a kind of connection is known by, as long as it is called that. */
export function definitionId(kind: string): string {
  return registryId('connection definition', kind);
}

/**
 * Keeps a kind of connection as it is now, in place of what it was; the same again changes nothing. Connections of that
 * kind that were there before it are linked to it.
 */
export async function keepDefinition(
  data: UserData,
  { draft, modelId, at }: DefinitionKeeping,
): Promise<ConnectionDefinitionRecord> {
  const id = definitionId(draft.kind);
  const digest = contentDigest({ ...draft, modelId });
  const known = await data.connectionDefinitions.find({ id });
  if (known?.digest === digest) {
    await data.defineConnections(known);
    return known;
  }
  const kept = { ...draft, id, modelId, digest, createdAt: known?.createdAt ?? at, updatedAt: at };
  if (known === undefined) await data.connectionDefinitions.insert(kept);
  else await data.connectionDefinitions.update(id, kept);
  await data.defineConnections(kept);
  return kept;
}
