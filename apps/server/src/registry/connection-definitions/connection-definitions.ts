import type { ConnectionDefinition, TransitionMap } from '@meshery/object-model';
import type { UserData, UserStore } from '@meshery/store';
import { unknownKind } from '../../provider/connection-refusals.ts';
import { modelReference } from '../read/registry-views.ts';

/**
 * The kinds of connections of the registry, at hand without waiting. They are read when the server starts, when this
 * server changed one, and when another server of the database did.
 */
export class ConnectionDefinitions {
  readonly #store: Pick<UserStore, 'read'>;
  #byKind: ReadonlyMap<string, ConnectionDefinition> = new Map();
  /** What tells whether any of them is another. */
  #mark = '';

  constructor(store: Pick<UserStore, 'read'>) {
    this.#store = store;
  }

  /** Every kind that is known, by name. */
  get all(): readonly ConnectionDefinition[] {
    return [...this.#byKind.values()];
  }

  /** The definition of a kind; undefined for one that is not known. Kinds are told apart without their case. */
  of(kind: string): ConnectionDefinition | undefined {
    return this.#byKind.get(kind.toLowerCase());
  }

  /** The life of a kind; none at all for one that is not known. */
  lifeOf(kind: string): TransitionMap {
    return this.of(kind)?.transitionMap ?? {};
  }

  /**
   * The definition of a kind, also when another server has just made it. Rejects with `meshery-connection-1701`, which
   * names the known kinds.
   */
  async require(kind: string): Promise<ConnectionDefinition> {
    if (this.of(kind) === undefined) await this.refresh();
    const found = this.of(kind);
    if (found === undefined) throw unknownKind([...this.#byKind.keys()]);
    return found;
  }

  /** The model that a kind is in, as connections refer to it; empty for one that is not known. */
  async modelOf(kind: string): Promise<object> {
    const definition = this.of(kind);
    if (definition === undefined) return {};
    return this.#store.read(async (data) => {
      const model = await data.models.find({ id: definition.modelId });
      const registrant = await data.registrants.find({ id: model?.registrantId ?? '' });
      return model === undefined || registrant === undefined ? {} : modelReference(model, registrant);
    });
  }

  /** Reads them again where any is another than it was. */
  async refresh(): Promise<void> {
    const take = await this.#store.read((data) => this.look(data));
    take();
  }

  /**
   * Reads those that a transaction sees; what it gives takes them up. Whoever changes one calls it at once when that is
   * committed, so that nothing is answered in between.
   */
  async look(data: UserData): Promise<() => void> {
    // The mark first: what changes in between is seen the next time.
    const mark = JSON.stringify(await data.connectionDefinitions.counts({}, 'digest'));
    if (mark === this.#mark) return () => undefined;
    const rows = (await data.connectionDefinitions.all({})).sort((a, b) => (a.kind < b.kind ? -1 : 1));
    return () => {
      this.#byKind = new Map(rows.map((row) => [row.kind, row]));
      this.#mark = mark;
    };
  }
}
