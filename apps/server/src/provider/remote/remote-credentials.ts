import { MesheryError } from '@meshery/errors';
import { inCamelCase } from '@meshery/object-model';
import type { Credential, CredentialDraft, CredentialPatch, Page, PageQuery, Secret } from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import type { CredentialFilter, Credentials } from '../connections-port.ts';
import { RemoteCollection } from './remote-collection.ts';
import { readCredential } from './remote-records.ts';
import type { RemoteRequests } from './remote-requests.ts';

const feature = 'persist-credentials';

/** Credentials at a remote provider: their secrets go there, and come back, over TLS only, and are kept nowhere here. */
export class RemoteCredentials implements Credentials {
  readonly #requests: RemoteRequests;
  readonly #rows: RemoteCollection<Credential, CredentialDraft, CredentialPatch, CredentialFilter>;

  constructor(requests: RemoteRequests) {
    this.#requests = requests;
    this.#rows = new RemoteCollection(requests, feature, readCredential);
  }

  async page(ctx: RequestContext, filter: CredentialFilter, query: PageQuery): Promise<Page<Credential>> {
    return this.#safe().page(ctx, filter, query);
  }

  async get(ctx: RequestContext, id: string): Promise<Credential> {
    return this.#safe().get(ctx, id);
  }

  async create(ctx: RequestContext, draft: CredentialDraft): Promise<Credential> {
    return this.#safe().create(ctx, draft);
  }

  async update(ctx: RequestContext, id: string, patch: CredentialPatch): Promise<Credential> {
    return this.#safe().update(ctx, id, patch);
  }

  remove(ctx: RequestContext, id: string): Promise<void> {
    return this.#rows.remove(ctx, id);
  }

  async open(ctx: RequestContext, id: string): Promise<Secret> {
    this.#requests.requirePrivacy();
    const answer = inCamelCase(await this.#requests.send(ctx, feature, `/${encodeURIComponent(id)}`));
    const { secret } = answer as { readonly secret?: unknown };
    if (typeof secret === 'object' && secret !== null && !Array.isArray(secret)) return secret as Secret;
    throw new MesheryError('meshery-connection-1703', 'The provider does not give the secret of a credential back.', {
      probableCause: 'It keeps secrets for itself, or the credential was made there without one.',
      remedy: 'Enter the secret again; if it stays so, ask whoever runs the provider.',
    });
  }

  #safe() {
    this.#requests.requirePrivacy();
    return this.#rows;
  }
}
