import { hash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { MesheryError } from '@meshery/errors';
import { equalSecrets } from '@meshery/security';
import { z } from 'zod';

const clusterId = z.string().regex(/^(\*|[A-Za-z0-9_-]{1,128})$/);
const bridge = z.strictObject({
  name: z.string().regex(/^[\w.-]{1,128}$/),
  /** Uids of namespace kube-system; `*` binds every cluster. */
  clusters: z.array(clusterId).max(10_000),
  /** Lower-case hex SHA-256 of the bridge's token; absent when it shows a certificate only. */
  tokenSha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  /** It may be told the kubeconfigs of its clusters: a bridge that is trusted with them. */
  kubeconfigs: z.boolean().default(false),
});
const schema = z.strictObject({ bridges: z.array(bridge).max(10_000) });

/** One bridge and what it may write. */
export type BridgeBinding = z.output<typeof bridge>;

/** Who called. */
export interface Caller {
  readonly name: string;
  readonly clusters: ReadonlySet<string>;
  /** True when it may be told the kubeconfigs of those clusters. */
  readonly kubeconfigs: boolean;
}

/** True when the caller may write this cluster. */
export function isBound(caller: Caller, id: string): boolean {
  return id !== '' && (caller.clusters.has(id) || caller.clusters.has('*'));
}

/**
 * Which bridge may write which clusters: the ones made at the start, and a file that is read again when it changes,
 * so that a bridge is added, rotated or removed without a restart. A damaged file binds nobody.
 */
export class BridgeBindings {
  readonly #own: readonly BridgeBinding[];
  readonly #path: string | undefined;
  #stamp = '';
  #read: readonly BridgeBinding[] = [];

  constructor(own: readonly BridgeBinding[], path: string | undefined) {
    this.#own = own;
    this.#path = path;
  }

  /** The bridge with this name, proven by its certificate; that of an authority elsewhere proves none made here. */
  async byName(name: string, isOfOwnAuthority = true): Promise<Caller | undefined> {
    const all = await this.#all();
    const found = (isOfOwnAuthority ? all : this.#read).find((binding) => binding.name === name);
    return found === undefined ? undefined : callerOf(found);
  }

  /** The bridge with this token. */
  async byToken(token: string): Promise<Caller | undefined> {
    const digest = hash('sha256', token, 'hex');
    const matches = (await this.#all()).filter((binding) => equalSecrets(binding.tokenSha256 ?? '', digest));
    const [found] = matches;
    return found === undefined ? undefined : callerOf(found);
  }

  /** Reads the file when it is new. Rejects with `meshery-config-1100`. */
  async reload(): Promise<void> {
    if (this.#path === undefined) return;
    const { mtimeMs, size, ino } = await stat(this.#path).catch(unreadable(this.#path));
    const stamp = `${String(mtimeMs)}:${String(size)}:${String(ino)}`;
    if (stamp === this.#stamp) return;
    this.#read = [];
    this.#read = parseBindings(await readFile(this.#path, 'utf8').catch(unreadable(this.#path)), this.#path);
    this.#stamp = stamp;
  }

  async #all(): Promise<readonly BridgeBinding[]> {
    await this.reload();
    return [...this.#own, ...this.#read];
  }
}

function callerOf(binding: BridgeBinding): Caller {
  const { name, clusters, kubeconfigs } = binding;
  return { name, clusters: new Set(clusters), kubeconfigs };
}

function parseBindings(text: string, path: string): readonly BridgeBinding[] {
  try {
    return schema.parse(JSON.parse(text)).bridges;
  } catch (cause) {
    throw badFile(path, cause);
  }
}

function unreadable(path: string): (cause: unknown) => never {
  return (cause) => {
    throw badFile(path, cause);
  };
}

function badFile(path: string, cause: unknown): MesheryError {
  return new MesheryError('meshery-config-1100', `The bridge bindings in ${path} are not usable.`, {
    probableCause: 'The file is missing, is not JSON, or has a field of the wrong form.',
    remedy: 'Write {"bridges":[{"name":"..","clusters":["<uid>"],"tokenSha256":".."}]}; see docs/spec/identity.md.',
    cause,
  });
}
