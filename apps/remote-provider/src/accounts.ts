import { createHash, scryptSync, timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { MesheryError } from '@meshery/errors';
import { roles } from '@meshery/object-model';
import { z } from 'zod';

const hashLength = 32;
const accountFile = z.array(
  z.object({
    name: z.string().min(1),
    /** `SALT:HASH`, both base64: scrypt with the defaults of Node, 32 bytes. */
    passwordHash: z.string().regex(/^[\w+/=]+:[\w+/=]+$/),
    role: z.enum(roles).default('viewer'),
  }),
);

/** Who can sign in. */
export interface Account {
  readonly id: string;
  readonly name: string;
  readonly role: z.output<typeof accountFile>[number]['role'];
  /** Came without an account, and has nothing but a session. */
  readonly isAnonymous?: true;
}

type KeptAccount = z.output<typeof accountFile>[number];

/** The accounts of this provider, read once. */
export class Accounts {
  readonly #accounts: ReadonlyMap<string, Account & KeptAccount>;

  constructor(accounts: readonly KeptAccount[]) {
    this.#accounts = new Map(accounts.map((account) => [account.name, { ...account, id: idOf(account.name) }]));
  }

  /** Reads the file of accounts. Rejects with `meshery-config-1100`. */
  static async load(path: string): Promise<Accounts> {
    try {
      return new Accounts(accountFile.parse(JSON.parse(await readFile(path, 'utf8'))));
    } catch (cause) {
      throw new MesheryError('meshery-config-1100', `The file of users ${path} cannot be read.`, {
        remedy: 'Give a JSON list of objects with name, passwordHash and role.',
        cause,
      });
    }
  }

  /** The account, when name and password are right; the time it takes tells nothing. */
  signIn(name: string, password: string): Account | undefined {
    const account = this.#accounts.get(name);
    const [salt = '', hash = ''] = (account?.passwordHash ?? 'AA==:AA==').split(':');
    const expected = Buffer.alloc(hashLength, Buffer.from(hash, 'base64'));
    const given = scryptSync(password.slice(0, 1024), Buffer.from(salt, 'base64'), hashLength);
    return timingSafeEqual(given, expected) ? account : undefined;
  }

  byId(id: string): Account | undefined {
    return [...this.#accounts.values()].find((account) => account.id === id);
  }
}

function idOf(name: string): string {
  const hex = createHash('sha256').update(`account ${name}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
