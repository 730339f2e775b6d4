import { X509Certificate } from 'node:crypto';
import { systemClock } from '@meshery/observability';
import { makeTempDir } from '@meshery/testing';
import type { ServerConfig } from '../config.ts';
import { loadIngestKeys } from './ingest-keys.ts';

const folder = makeTempDir('ingest-keys');
afterAll(() => {
  folder.remove();
});

test('keys that were made are kept, and made anew for another name', async () => {
  const names: (string | undefined)[] = [];
  const serials: string[] = [];
  for (const grpcName of [undefined, undefined, 'server', 'server', 'other']) {
    const config = { dataDir: folder.path, isLoopback: false, grpcName } as unknown as ServerConfig;
    const { cert } = await loadIngestKeys(config, systemClock);
    const made = new X509Certificate(cert);
    names.push(made.subjectAltName);
    serials.push(made.serialNumber);
  }
  const local = 'DNS:localhost, IP Address:127.0.0.1';
  expect(names).toEqual([local, local, `${local}, DNS:server`, `${local}, DNS:server`, `${local}, DNS:other`]);
  expect(new Set(serials).size).toBe(3);
});
