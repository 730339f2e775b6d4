import { randomUUID } from 'node:crypto';
import type { Feature } from '../features.ts';
import { features } from '../features.ts';
import { expect, expectStatus, fieldsOf, rowsOf } from '../mismatch.ts';
import type { Answer, ProviderRequest } from '../provider-api.ts';
import type { ProviderRun } from './provider-run.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The checks of one feature. */
export type FeatureCheck = (feature: FeatureRun) => Promise<void>;

interface FeatureRunParts {
  readonly run: ProviderRun;
  readonly name: string;
  readonly feature: Feature;
  readonly offered: ReadonlyMap<string, string>;
  readonly token: string;
  /** Id of who signed in. */
  readonly subject: string;
  readonly organizationId: string | undefined;
}

/** A page of records, as every list answers. */
export interface RecordPage {
  readonly rows: readonly Fields[];
  readonly totalCount: number;
}

/** One feature that is being checked: its endpoint, on behalf of who signed in. */
export class FeatureRun {
  readonly parts: FeatureRunParts;

  constructor(parts: FeatureRunParts) {
    this.parts = parts;
  }

  /** Makes the check `<feature>.<operation>`. */
  check<Found>(operation: string, look: () => Promise<Found>): Promise<Found | undefined> {
    return this.parts.run.list.check(`${this.parts.name}.${operation}`, look);
  }

  skip(operation: string, why: string): void {
    this.parts.run.list.skip([`${this.parts.name}.${operation}`], why);
  }

  /** The same for another feature. */
  other(name: string): FeatureRun {
    return new FeatureRun({ ...this.parts, name, feature: features[name] ?? this.parts.feature });
  }

  get hasEndpoint(): boolean {
    return (this.parts.offered.get(this.parts.name) ?? '') !== '';
  }

  /** Asks at the endpoint, or below it. */
  send(method: string, rest = '', request: ProviderRequest = {}): Promise<Answer> {
    const { run, name, offered, token } = this.parts;
    return run.api.send(method, `${offered.get(name) ?? ''}${rest}`, { token, ...request });
  }

  /** Asks with each of the methods as nobody. */
  async checkAnonymous(methods: readonly string[] = ['GET'], rest = ''): Promise<void> {
    const { run, name, offered } = this.parts;
    await this.check('anonymous', async () => {
      for (const method of methods) {
        const body = method === 'GET' ? {} : { body: {} };
        expectStatus(await run.api.send(method, `${offered.get(name) ?? ''}${rest}`, body), 401);
      }
    });
  }

  /** The first page of those that a text finds. Throws a Mismatch. */
  async page(search?: string, more: Readonly<Record<string, string>> = {}): Promise<RecordPage> {
    const { organizationId } = this.parts;
    const query = {
      page: '0',
      pagesize: '100',
      ...more,
      ...(search === undefined ? {} : { search }),
      ...(organizationId === undefined ? {} : { orgId: organizationId }),
    };
    const answer = await this.send('GET', '', { query });
    expectStatus(answer, 200);
    const body = fieldsOf(answer.body);
    const rows = Object.values(body).flatMap((value) => {
      const list = rowsOf(value);
      return list === undefined ? [] : [list];
    });
    const { page, pageSize, totalCount } = body;
    expect(page === 0 && typeof pageSize === 'number', 'no page or pageSize');
    expect(typeof totalCount === 'number', 'no totalCount');
    expect(rows[0] !== undefined && rows.length === 1, `${String(rows.length)} lists`);
    return { rows: rows[0], totalCount };
  }

  /** A new record. Throws a Mismatch. */
  async create(): Promise<Fields & { readonly id: string }> {
    const { feature, organizationId } = this.parts;
    const draft = { ...feature.sample, name: `check ${randomUUID()}`, organizationId };
    const answer = await this.send('POST', '', { body: draft });
    expectStatus(answer, 200, 299);
    const { id } = fieldsOf(answer.body);
    expect(typeof id === 'string' && id !== '', 'the record has no id');
    return { ...draft, id };
  }

  /** Makes a record for a look, and removes it afterwards. */
  async withRecord<Found>(look: (record: Fields & { readonly id: string }) => Promise<Found>): Promise<Found> {
    const record = await this.create();
    try {
      return await look(record);
    } finally {
      await this.send('DELETE', `/${record.id}`);
    }
  }
}
