import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { NatsBrokerOptions } from '@meshery/messaging';
import type { LinkSpec } from '../sources/link-source.ts';
import type { ConnectionFile } from './connection-file.ts';

/** The link that a connection file describes. Rejects with the error of a certificate file that cannot be read. */
export async function linkOfFile(connection: ConnectionFile): Promise<LinkSpec> {
  const { name, url, tokenFile, clusterId, mode } = connection;
  const tls = await readTls(connection.tls);
  return {
    name,
    identity: name,
    clusterId,
    clusterName: name,
    mode,
    fingerprint: JSON.stringify([connection, tls]),
    broker: {
      url,
      ...(tokenFile === undefined ? {} : { token: () => readFileSync(tokenFile, 'utf8').trim() }),
      ...(tls === undefined ? {} : { tls }),
    },
  };
}

async function readTls(files: ConnectionFile['tls']): Promise<NatsBrokerOptions['tls']> {
  if (files === undefined) return undefined;
  const { caFile, certFile, keyFile, serverName } = files;
  const pem = (path: string): Promise<string> => readFile(path, 'utf8');
  return {
    ...(caFile === undefined ? {} : { ca: await pem(caFile) }),
    ...(certFile === undefined ? {} : { cert: await pem(certFile) }),
    ...(keyFile === undefined ? {} : { key: await pem(keyFile) }),
    ...(serverName === undefined ? {} : { servername: serverName }),
  };
}
