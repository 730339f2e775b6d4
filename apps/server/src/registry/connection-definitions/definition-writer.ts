import { builtInConnectionDefinitions, lifeFrom } from '@meshery/object-model';
import type { ConnectionDefinitionDraft, OwnConnectionDefinition } from '@meshery/object-model';
import type { Clock, RequestContext } from '@meshery/observability';
import type { ConnectionDefinitionRecord, UserData, UserStore } from '@meshery/store';
import type { ChangeNotes } from '../../provider/local/change-notes.ts';
import { timestamp } from '../../provider/local/local-parts.ts';
import { notFound } from '../../provider/local/tenancy.ts';
import { keepModel } from '../kept-models.ts';
import { coreModel } from './built-in-definitions.ts';
import type { ConnectionDefinitions } from './connection-definitions.ts';
import {
  isBuiltIn,
  isOtherKind,
  isRegistered,
  isUsed,
  leavesBehind,
  severalModels,
  tooMany,
} from './definition-refusals.ts';
import { keepDefinition } from './kept-definitions.ts';

/** The most kinds that a server knows: all of them are in its memory. */
const maxDefinitions = 100;

const builtIn: ReadonlySet<string> = new Set(builtInConnectionDefinitions.map(({ kind }) => kind));

/** What kinds of connections are changed with. */
export interface DefinitionWriterParts {
  readonly store: UserStore;
  readonly clock: Clock;
  readonly notes: ChangeNotes;
  readonly definitions: ConnectionDefinitions;
}

/** Changes the kinds of connections that users register; those of the server itself stay as they are. */
export class DefinitionWriter {
  readonly #parts: DefinitionWriterParts;

  constructor(parts: DefinitionWriterParts) {
    this.#parts = parts;
  }

  /** Registers a kind; its id. Rejects with `meshery-registry-2101` or `-2102`, `meshery-core-1002` for an unknown model. */
  create(ctx: RequestContext, asked: OwnConnectionDefinition): Promise<string> {
    const { kind } = asked;
    return this.#change(ctx, 'create', async (data, coreId) => {
      const known = await data.connectionDefinitions.counts({}, 'kind');
      if (builtIn.has(kind) || Object.hasOwn(known, kind)) throw isRegistered(kind);
      if (Object.keys(known).length >= maxDefinitions) throw tooMany(maxDefinitions);
      return this.#keep(data, asked, coreId);
    });
  }

  /** Puts another definition in the place of a kind. Rejects with `meshery-registry-2103` or `-2104`, and as `create` does. */
  async change(ctx: RequestContext, id: string, asked: OwnConnectionDefinition): Promise<void> {
    await this.#change(ctx, 'update', async (data) => {
      const { kind, modelId } = await ownDefinition(data, id);
      if (asked.kind !== kind) throw isOtherKind(kind);
      const reached: ReadonlySet<string> = lifeFrom(asked.transitionMap, asked.status);
      const statuses = Object.keys(await data.connections.counts({ definitionId: id }, 'status'));
      const left = statuses.filter((status) => !reached.has(status));
      if (left.length > 0) throw leavesBehind(kind, left);
      return this.#keep(data, asked, modelId);
    });
  }

  /** Removes a kind that no connection has. Rejects with `meshery-registry-2103` or `-2104`. */
  async remove(ctx: RequestContext, id: string): Promise<void> {
    await this.#change(ctx, 'delete', async (data) => {
      const definition = await ownDefinition(data, id);
      if ((await data.connections.find({ definitionId: id })) !== undefined) throw isUsed(definition.kind);
      await data.connectionDefinitions.remove({ id });
      return definition;
    });
  }

  async #change(
    ctx: RequestContext,
    action: 'create' | 'update' | 'delete',
    work: (data: UserData, coreId: string) => Promise<ConnectionDefinitionRecord>,
  ): Promise<string> {
    const { store, notes, definitions, clock } = this.#parts;
    const { id, take } = await store.change(async (data) => {
      const { id: coreId } = await keepModel(data, coreModel, timestamp(clock));
      // One change after the other, also those of several servers.
      await data.models.hold(coreId);
      const { id: actedUpon, kind } = await work(data, coreId);
      const description = `Kind of connection "${kind}": ${action}.`;
      await notes.note(data, ctx, { category: 'registry', action, actedUpon, organizationId: null, description });
      return { id: actedUpon, take: await definitions.look(data) };
    });
    take();
    return id;
  }

  async #keep(data: UserData, asked: OwnConnectionDefinition, usual: string): Promise<ConnectionDefinitionRecord> {
    const modelId = (await modelOf(data, asked)) ?? usual;
    return keepDefinition(data, { draft: draftOf(asked), modelId, at: timestamp(this.#parts.clock) });
  }
}

/** One that users may change, which nobody else does before the transaction ends. */
async function ownDefinition(data: UserData, id: string): Promise<ConnectionDefinitionRecord> {
  await data.connectionDefinitions.hold(id);
  const found = await data.connectionDefinitions.find({ id });
  if (found === undefined) throw notFound('kind of connection');
  if (builtIn.has(found.kind)) throw isBuiltIn(found.kind);
  return found;
}

function draftOf(asked: OwnConnectionDefinition): ConnectionDefinitionDraft {
  const { modelId: _id, modelReference: _reference, status: firstStatus, ...fields } = asked;
  // What is found in clusters is the server's to say: nobody fills lists with whatever a label names.
  return { ...fields, firstStatus, foundBy: [] };
}

/** The model that is asked for by its id or its name; undefined when none is. */
async function modelOf(
  data: UserData,
  { modelId, modelReference: { id, name } = {} }: OwnConnectionDefinition,
): Promise<string | undefined> {
  const wanted = modelId ?? id;
  if (wanted === undefined && name === undefined) return undefined;
  const found = await data.models.all(wanted === undefined ? { name } : { id: wanted.toLowerCase() });
  const [model] = found;
  if (model === undefined) throw notFound('model');
  if (found.length > 1) throw severalModels(model.name);
  return model.id;
}
