import { randomUUID } from 'node:crypto';
import { emptyProfile } from '@meshery/object-model';
import type { Role } from '@meshery/object-model';
import { firstOrganizationId } from '../src/provider/local/first-records.ts';
import type { TestServer } from './server-harness.ts';

/** What a request was answered. */
export interface Answer {
  readonly status: number;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into answers of every shape
  readonly body: any;
}

/** Somebody who calls the REST API of a test server. */
export class Caller {
  readonly id: string;
  readonly organizationId: string;
  readonly #server: TestServer;
  readonly #token: string;

  constructor(server: TestServer, token: string, ids: { readonly id: string; readonly organizationId: string }) {
    this.#server = server;
    this.#token = token;
    this.id = ids.id;
    this.organizationId = ids.organizationId;
  }

  /** The owner of the server. */
  static owner(server: TestServer): Caller {
    const ids = { id: '00000000-0000-4000-8000-000000000001', organizationId: firstOrganizationId };
    return new Caller(server, server.token, ids);
  }

  /** A new user with a role, in the first organization or in one of their own. */
  static async signUp(server: TestServer, name: string, role: Role, organization?: 'own'): Promise<Caller> {
    const at = new Date().toISOString();
    const id = randomUUID();
    const organizationId = organization === 'own' ? randomUUID() : firstOrganizationId;
    const times = { createdAt: at, updatedAt: at };
    await server.userData.change(async (data) => {
      const person = { email: '', firstName: name, lastName: '', avatarUrl: '', ...emptyProfile, lastLoginTime: null };
      await data.users.insert({ id, provider: 'Local', name, status: 'active', roles: [role], ...person, ...times });
      if (organization === 'own') {
        const place = { country: '', region: '', domain: '' };
        const fields = { name: `${name}'s`, description: '', ...place, owner: id, metadata: {} };
        await data.organizations.insert({ id: organizationId, ...fields, ...times });
      }
      await data.memberships.add({ organizationId, userId: id, role: organization === 'own' ? 'admin' : role });
    });
    const identity = { userId: id, name, provider: 'Local', roles: [role] };
    return new Caller(server, await server.prepared.security.authority.issue(identity), { id, organizationId });
  }

  /** What a request of this caller carries. */
  get headers(): Record<string, string> {
    return { authorization: `Bearer ${this.#token}` };
  }

  /** Sends a request; a body goes as JSON. */
  async send(method: string, path: string, body?: unknown): Promise<Answer> {
    return this.#fetch(path, {
      method,
      headers: body === undefined ? {} : jsonType,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  /** Posts a multipart form. */
  upload(path: string, form: FormData): Promise<Answer> {
    return this.#fetch(path, { method: 'POST', body: form });
  }

  async #fetch(path: string, init: RequestInit): Promise<Answer> {
    const headers = { ...(init.headers as Record<string, string>), ...this.headers };
    const response = await fetch(`${this.#server.url}${path}`, { ...init, headers });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
  }

  get(path: string): Promise<Answer> {
    return this.send('GET', path);
  }

  post(path: string, body?: unknown): Promise<Answer> {
    return this.send('POST', path, body);
  }

  put(path: string, body?: unknown): Promise<Answer> {
    return this.send('PUT', path, body);
  }

  delete(path: string, body?: unknown): Promise<Answer> {
    return this.send('DELETE', path, body);
  }
}

const jsonType = { 'content-type': 'application/json' };
