import type { Credential, CredentialDraft, CredentialPatch, Page, PageQuery, Secret } from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import type { Seal, Sealer } from '@meshery/security';
import type { CredentialRecord, UserData } from '@meshery/store';
import type { CredentialFilter, Credentials } from '../connections-port.ts';
import { LocalCollection } from './local-collection.ts';
import type { LocalParts } from './local-parts.ts';

type Place = Pick<Credential, 'id' | 'organizationId'>;

/** With what its secret is sealed: who wraps keys may have to be asked, and a transaction does not wait for that. */
interface WithSeal {
  readonly seal: Seal;
}

/** Credentials in the Local provider's store, each sealed for its own row. */
export class LocalCredentials implements Credentials {
  readonly #parts: LocalParts;
  readonly #sealer: Sealer;
  readonly #rows: LocalCollection<
    CredentialRecord,
    CredentialDraft & WithSeal,
    CredentialPatch & Partial<WithSeal>,
    CredentialFilter
  >;

  constructor(parts: LocalParts, sealer: Sealer) {
    this.#parts = parts;
    this.#sealer = sealer;
    this.#rows = new LocalCollection(parts, {
      kind: 'credential',
      table: (data) => data.credentials,
      made: ({ secret, seal, ...fields }, stamps) => ({
        ...fields,
        ...stamps,
        sealed: seal(JSON.stringify(secret), placeOf({ ...fields, ...stamps })),
      }),
      changed: ({ secret, seal, ...fields }, record) => ({
        ...fields,
        sealed: seal?.(JSON.stringify(secret), placeOf(record)),
      }),
    });
  }

  async page(ctx: RequestContext, filter: CredentialFilter, query: PageQuery): Promise<Page<Credential>> {
    const page = await this.#rows.page(ctx, filter, query);
    return { ...page, items: page.items.map(withoutSecret) };
  }

  async get(ctx: RequestContext, id: string): Promise<Credential> {
    return withoutSecret(await this.#rows.get(ctx, id));
  }

  async create(ctx: RequestContext, draft: CredentialDraft): Promise<Credential> {
    return withoutSecret(await this.#rows.create(ctx, { ...draft, seal: await this.#sealer.begin() }));
  }

  async update(ctx: RequestContext, id: string, patch: CredentialPatch): Promise<Credential> {
    const seal = patch.secret === undefined ? {} : { seal: await this.#sealer.begin() };
    return withoutSecret(await this.#rows.update(ctx, id, { ...patch, ...seal }));
  }

  remove(ctx: RequestContext, id: string): Promise<void> {
    return this.#rows.remove(ctx, id);
  }

  async open(ctx: RequestContext, id: string): Promise<Secret> {
    const { sealed, ...record } = await this.#parts.store.read((data) => this.reach(data, ctx, id));
    return JSON.parse(await this.#sealer.open(sealed, placeOf(record))) as Secret;
  }

  /** The record, when the user may use it. Rejects with `meshery-core-1002`. */
  reach(data: UserData, ctx: RequestContext, id: string): Promise<CredentialRecord> {
    return this.#rows.reach(data, ctx, id, 'read');
  }
}

function placeOf({ id, organizationId }: Place) {
  return { organizationId, table: 'credentials', recordId: id };
}

function withoutSecret({ sealed: _, ...credential }: CredentialRecord): Credential {
  return credential;
}
