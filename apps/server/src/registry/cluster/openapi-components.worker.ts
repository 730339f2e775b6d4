import { parentPort } from 'node:worker_threads';
import { componentsOf } from './openapi-components.ts';
import type { DocumentAnswer, DocumentRequest } from './component-reader.ts';

if (parentPort === null) throw new Error('openapi-components.worker.ts runs as a worker thread only');
const port = parentPort;

port.on('message', ({ bytes, apiVersion, maxCharacters }: DocumentRequest) => {
  try {
    const document: unknown = JSON.parse(new TextDecoder().decode(bytes));
    port.postMessage({ components: componentsOf(document, apiVersion, maxCharacters) } satisfies DocumentAnswer);
  } catch (error) {
    port.postMessage({ failed: error instanceof Error ? error.message : String(error) } satisfies DocumentAnswer);
  }
});
