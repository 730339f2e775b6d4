import { Server, ServerCredentials } from '@grpc/grpc-js';
import type { ServerUnaryCall, sendUnaryData } from '@grpc/grpc-js';
import { OpenRunRequest, OpenRunResponse, RunVerdict, Source } from '@meshery/contracts';
import { ingestServiceDefinition } from '@meshery/contracts/grpc';
import type { IngestServiceHandlers } from '@meshery/contracts/grpc';
import { bridgeNameOf, bridgeUri, createAuthority, issueCertificate } from '@meshery/security';
import { IngestChannel } from './ingest-channel.ts';

const now = Date.now();
const authority = { name: 'test', ...createAuthority('test', now) };
const listener = issueCertificate(authority, { kind: 'server', names: ['localhost', '127.0.0.1'] }, now);
const bridge = issueCertificate(authority, { kind: 'client', uri: bridgeUri('one') }, now);
const ca = Buffer.from(authority.cert);
const request = {
  clusterId: 'c',
  incarnation: 'i',
  clusterName: '',
  apiServerUrl: '',
  agentVersion: '',
  source: Source.SOURCE_AGENT,
  streamCreatedAtUnixMs: 0,
};

/** Starts a server that remembers who called. */
async function startServer(
  credentials: ServerCredentials,
): Promise<{ server: Server; address: string; callers: string[] }> {
  const server = new Server();
  const callers: string[] = [];
  const handlers: IngestServiceHandlers = {
    openRun: (call, callback) => {
      const certificate = call.getAuthContext().sslPeerCertificate?.raw;
      const name = certificate === undefined ? '' : (bridgeNameOf(certificate, authority.cert, now) ?? 'unknown');
      callers.push(`${name} ${String(call.metadata.get('authorization')[0] ?? '')}`.trim());
      callback(null, { verdict: RunVerdict.RUN_VERDICT_ACCEPTED, checkpoints: [] });
    },
    push: (call) => {
      call.end();
    },
  };
  server.addService(ingestServiceDefinition, handlers);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', credentials, (error, bound) => {
      if (error) reject(error);
      else resolve(bound);
    });
  });
  return { server, address: `127.0.0.1:${port}`, callers };
}

const mutualTls = (): ServerCredentials =>
  ServerCredentials.createSsl(
    ca,
    [{ private_key: Buffer.from(listener.key), cert_chain: Buffer.from(listener.cert) }],
    true,
  );

test('shows the certificate of the bridge, and a token that is read at each call', async () => {
  const { server, address, callers } = await startServer(mutualTls());
  let token = 'first';
  const tls = { ca, cert: Buffer.from(bridge.cert), key: Buffer.from(bridge.key) };
  const channel = new IngestChannel({ address, tls, token: () => token });
  await channel.openRun(request, 60_000);
  token = 'second';
  await channel.openRun(request, 60_000);
  expect(callers).toEqual(['one Bearer first', 'one Bearer second']);
  channel.close();
  server.forceShutdown();
});

test('says the version of the caller, and relays openings as they are, with fields of later versions', async () => {
  const server = new Server();
  const later = Buffer.from([0xc2, 0x0c, 3, ...Buffer.from('new')]);
  const asked: { readonly version: unknown; readonly bytes: Buffer }[] = [];
  const asIs = { requestDeserialize: (bytes: Buffer) => bytes, responseSerialize: (bytes: Buffer) => bytes };
  const answer = OpenRunResponse.encode({ verdict: RunVerdict.RUN_VERDICT_ACCEPTED, checkpoints: [] }).finish();
  server.addService(
    { openRun: { ...ingestServiceDefinition.openRun, ...asIs } },
    {
      openRun: (call: ServerUnaryCall<Buffer, Buffer>, callback: sendUnaryData<Buffer>) => {
        asked.push({ version: call.metadata.get('meshery-version')[0], bytes: call.request });
        callback(null, Buffer.concat([answer, later]));
      },
    },
  );
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) => {
      if (error) reject(error);
      else resolve(bound);
    });
  });
  const channel = new IngestChannel({ address: `127.0.0.1:${port}`, version: '0.2.0' });
  const bytes = Buffer.concat([OpenRunRequest.encode(request).finish(), later]);
  expect(Buffer.from(await channel.relayOpenRun(bytes, 60_000))).toEqual(Buffer.concat([answer, later]));
  expect(asked).toEqual([{ version: '0.2.0', bytes }]);
  channel.close();
  server.forceShutdown();
});

test('a server of another authority is not talked to', async () => {
  const { server, address, callers } = await startServer(mutualTls());
  const other = createAuthority('other', now);
  const channel = new IngestChannel({
    address,
    tls: { ca: Buffer.from(other.cert), cert: Buffer.from(bridge.cert), key: Buffer.from(bridge.key) },
  });
  await expect(channel.openRun(request, 2000)).rejects.toThrow();
  expect(callers).toEqual([]);
  channel.close();
  server.forceShutdown();
});

test('without a certificate the server refuses, when it wants one', async () => {
  const { server, address, callers } = await startServer(mutualTls());
  const channel = new IngestChannel({ address, tls: { ca } });
  await expect(channel.openRun(request, 2000)).rejects.toThrow();
  expect(callers).toEqual([]);
  channel.close();
  server.forceShutdown();
});

test('a stream that the server does not read holds up no other on the same connection', async () => {
  const server = new Server();
  let calls = 0;
  const handlers: IngestServiceHandlers = {
    openRun: (_call, callback) => {
      callback(null, { verdict: RunVerdict.RUN_VERDICT_ACCEPTED, checkpoints: [] });
    },
    push: (call) => {
      calls += 1;
      call.pause();
    },
  };
  server.addService(ingestServiceDefinition, handlers);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) => {
      if (error) reject(error);
      else resolve(bound);
    });
  });
  const channel = new IngestChannel({ address: `127.0.0.1:${port}` });
  const stuck = channel.push();
  stuck.on('error', () => undefined);
  for (let count = 0; count < 300; count += 1) stuck.write(new Uint8Array(100_000));
  for (let count = 0; count < 5; count += 1) await channel.openRun(request, 60_000);
  expect(calls).toBe(1);
  stuck.cancel();
  channel.close();
  server.forceShutdown();
});
