import { X509Certificate } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { Client, credentials, status } from '@grpc/grpc-js';
import { EventServiceSubscribeResponse, eventServiceDefinition } from '@meshery/contracts/grpc';
import { eventDraft } from '@meshery/object-model';
import { createAuthority, issueCertificate } from '@meshery/security';
import type { CertificatePair } from '@meshery/security';
import { waitUntil } from '@meshery/testing';
import { IngestModule } from '../src/ingest/ingest.module.ts';
import { Providers } from '../src/provider/providers.ts';
import { Caller } from './caller.ts';
import { GrpcCaller } from './grpc-caller.ts';
import { userContext } from './served-agent.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

/** The files of certificates of a running server, when something else is written into them. */

const authority = { name: 'Servers', ...createAuthority('Servers', Date.now()) };
const clientAuthorities = [newAuthority('First'), newAuthority('Second')] as const;
const everything = {
  pageSize: 0,
  pageToken: '',
  categories: [],
  actions: [],
  severities: [],
  actedUpon: [],
  search: '',
};
const clients: Client[] = [];
let folder: string;
let server: TestServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'meshery-tls-files-'));
  await keep(serverPair());
  await writeFile(join(folder, 'clients.pem'), clientAuthorities[0].cert);
  const argv = ['--no-discovery', '--tls-cert', join(folder, 'tls.crt'), '--tls-key', join(folder, 'tls.key')];
  server = await startTestServer({ argv, env: { MESHERY_GRPC_CLIENT_CA: join(folder, 'clients.pem') } });
});
afterAll(async () => {
  for (const client of clients) client.close();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

function newAuthority(name: string) {
  return { name, ...createAuthority(name, Date.now()) };
}

function serverPair() {
  return issueCertificate(authority, { kind: 'server', names: ['localhost', '127.0.0.1'] }, Date.now());
}

async function keep({ cert, key }: CertificatePair): Promise<void> {
  await writeFile(join(folder, 'tls.crt'), cert);
  await writeFile(join(folder, 'tls.key'), key);
}

/** Ports of HTTPS and of gRPC. */
function ports(): readonly number[] {
  return [server.service.port, server.service.app.get(IngestModule).port ?? 0];
}

/** The serial number that a new connection to each port is shown. */
function shown(): Promise<string[]> {
  return Promise.all(
    ports().map(
      (port) =>
        new Promise<string>((resolve, reject) => {
          const socket = connect({ port, host: '127.0.0.1', ca: authority.cert, ALPNProtocols: ['h2', 'http/1.1'] });
          socket.once('error', reject);
          socket.once('secureConnect', () => {
            resolve(socket.getPeerCertificate().serialNumber);
            socket.destroy();
          });
        }),
    ),
  );
}

function open(...own: [key: Buffer, cert: Buffer] | []): GrpcCaller {
  const channel = credentials.createSsl(Buffer.from(authority.cert), ...own);
  const client = new Client(`localhost:${String(ports()[1])}`, channel, { 'grpc.use_local_subchannel_pool': 1 });
  clients.push(client);
  return new GrpcCaller(client);
}

/** How a call ends that shows a client certificate on a connection of its own. */
async function codeWith({ cert, key }: CertificatePair): Promise<status> {
  const caller = open(Buffer.from(key), Buffer.from(cert));
  return (await caller.call(eventServiceDefinition.list, everything, undefined)).code;
}

async function tell(description: string): Promise<void> {
  const ctx = userContext();
  const { organizationId } = Caller.owner(server);
  const draft = eventDraft.parse({ category: 'test', action: 'create', description, organizationId });
  await server.service.app.get(Providers).of(ctx).events.create(ctx, draft);
}

test('new connections get the certificate that is in the files now; half of a pair is not used; open calls go on', async () => {
  const heard = open().stream(eventServiceDefinition.subscribe, {}, Caller.owner(server));
  await heard.opened;
  const [before] = await shown();
  const next = serverPair();
  await writeFile(join(folder, 'tls.crt'), next.cert);
  const refused = (): number => server.lines.filter((line) => line.includes('files changed and cannot be used')).length;
  await waitUntil({ what: 'both to refuse half of a pair', timeoutMs: 60_000 }, () => refused() === 2);
  expect(await shown()).toEqual([before, before]);
  await writeFile(join(folder, 'tls.key'), next.key);
  const { serialNumber } = new X509Certificate(next.cert);
  await waitUntil({ what: 'the new certificate', timeoutMs: 60_000 }, async () =>
    (await shown()).every((serial) => serial === serialNumber),
  );
  expect(refused()).toBe(2);
  await tell('still heard');
  const texts = (): string[] =>
    heard.messages.flatMap((bytes) =>
      EventServiceSubscribeResponse.decode(bytes).events.map(({ description }) => description),
    );
  await waitUntil({ what: 'the event', timeoutMs: 60_000, everyMs: 10 }, () => texts().includes('still heard'));
  heard.call.cancel();
});

test('programs of an authority that is added are let in, and those of one that is taken away no more', async () => {
  const pairs = clientAuthorities.map((by, index) =>
    issueCertificate(by, { kind: 'client', uri: `spiffe://example.org/${String(index)}` }, Date.now()),
  );
  const ctx = userContext();
  for (const { cert } of pairs) {
    const { fingerprint256: certificateFingerprint } = new X509Certificate(cert);
    const draft = { name: 'program', role: 'viewer', expiresInDays: 1, certificateFingerprint } as const;
    await server.service.app.get(Providers).of(ctx).serviceTokens.issue(ctx, draft);
  }
  const codes = (): Promise<status[]> => Promise.all(pairs.map(codeWith));
  expect(await codes()).toEqual([status.OK, status.UNAUTHENTICATED]);
  await writeFile(join(folder, 'clients.pem'), clientAuthorities[1].cert);
  await waitUntil({ what: 'the other authority', timeoutMs: 60_000 }, async () => {
    const [first, second] = await codes();
    return first === status.UNAUTHENTICATED && second === status.OK;
  });
});
