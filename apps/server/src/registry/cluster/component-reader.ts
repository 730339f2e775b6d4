import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { MesheryError } from '@meshery/errors';
import type { FoundComponent } from './openapi-components.ts';

/** Text of the schemas of one document at most, in characters; those of Kubernetes have three million. */
const maxCharacters = 32 * 1024 * 1024;
const usualReadMs = 30_000;
const heapMegabytes = 512;

/** One document for the thread. */
export interface DocumentRequest {
  readonly bytes: Uint8Array;
  readonly apiVersion: string;
  readonly maxCharacters: number;
}

/** What the thread says about it. */
export type DocumentAnswer = { readonly components: readonly FoundComponent[] } | { readonly failed: string };

/** Reads OpenAPI documents in a thread of its own, one after the other: a megabyte each would hold up everybody else. */
export class ComponentReader {
  readonly #readMs: number;
  #worker: Worker | undefined;

  /** Takes the longest time for one document. */
  constructor(readMs = usualReadMs) {
    this.#readMs = readMs;
  }

  /** Rejects with `meshery-registry-2100` for a document that cannot be used; aborts with the signal. */
  async read(bytes: Uint8Array, apiVersion: string, signal: AbortSignal): Promise<readonly FoundComponent[]> {
    const worker = (this.#worker ??= this.#spawn());
    const limit = AbortSignal.any([signal, AbortSignal.timeout(this.#readMs)]);
    try {
      const answered = once(worker, 'message', { signal: limit });
      worker.postMessage({ bytes, apiVersion, maxCharacters } satisfies DocumentRequest);
      const [answer] = (await answered) as [DocumentAnswer];
      if ('components' in answer) return answer.components;
      throw unusable(apiVersion, answer.failed);
    } catch (error) {
      // It may still be busy with this document.
      await this.close();
      signal.throwIfAborted();
      throw error instanceof MesheryError ? error : unusable(apiVersion, String(error));
    }
  }

  #spawn(): Worker {
    const worker = new Worker(new URL('./openapi-components.worker.ts', import.meta.url), {
      name: 'openapi-components',
      resourceLimits: { maxOldGenerationSizeMb: heapMegabytes },
    });
    // Who waits for an answer hears of it; between two documents nobody does.
    worker.on('error', () => {
      this.#worker = undefined;
    });
    return worker;
  }

  /** Ends the thread. */
  async close(): Promise<void> {
    await this.#worker?.terminate();
    this.#worker = undefined;
  }
}

/** Thrown for an API server whose description of its kinds cannot be used. */
export function unusable(what: string, why: string): MesheryError {
  return new MesheryError('meshery-registry-2100', `The OpenAPI document of ${what} cannot be used: ${why}.`, {
    probableCause:
      'The API server is older than Kubernetes 1.24, is something else, or an API that it aggregates fails.',
    remedy: 'Look at `kubectl get --raw /openapi/v3`, then register the cluster again.',
  });
}
