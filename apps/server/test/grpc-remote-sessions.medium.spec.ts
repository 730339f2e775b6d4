import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client, Metadata, credentials, status } from '@grpc/grpc-js';
import type { ServiceError } from '@grpc/grpc-js';
import {
  connectionServiceDefinition,
  eventServiceDefinition,
  inventoryServiceDefinition,
} from '@meshery/contracts/grpc';
import { ReferenceProvider, waitUntil } from '@meshery/testing';
import { IngestModule } from '../src/ingest/ingest.module.ts';
import { CookieBrowser } from './cookie-browser.ts';
import { Heard } from './grpc-caller.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

/** Sessions of a remote provider, which is a process of its own, over gRPC. */

const selector = { clusterIds: [], kinds: [], namespaces: [], apiVersions: [], labels: {}, search: '' };
const everything = { selector, pageSize: 0, pageToken: '', withJson: false };
const invalid = { code: status.UNAUTHENTICATED, meshery: 'meshery-auth-1201' };

let provider: ReferenceProvider;
let server: TestServer;
let client: Client;
beforeAll(async () => {
  provider = await ReferenceProvider.start({ PROVIDER_TOKEN_SECONDS: '6' });
  server = await startTestServer({ env: { PROVIDER_BASE_URLS: provider.url, MESHERY_HEARTBEAT_MS: '100' } });
  const ca = await readFile(join(server.folder, 'ingest', 'ca.pem'));
  client = new Client(`localhost:${String(server.service.app.get(IngestModule).port)}`, credentials.createSsl(ca));
});
afterAll(async () => {
  client.close();
  await server.stop();
  await provider.process.stop();
});

/** Signs in; answers the cookies of the session. */
async function signIn(name: string): Promise<{ readonly browser: CookieBrowser; readonly token: string }> {
  const browser = new CookieBrowser(server.url);
  await browser.open(`/api/provider?provider=${provider.key}`);
  const asked = await browser.open('/user/login');
  await browser.open(await provider.fillIn(asked.headers.get('location') ?? '', name));
  return { browser, token: browser.cookies.get('token') ?? '' };
}

function sent(fields: Readonly<Record<string, string>>): Metadata {
  const metadata = new Metadata();
  for (const [key, value] of Object.entries(fields)) metadata.set(key, value);
  return metadata;
}

const bearer = (token: string) => sent({ authorization: `Bearer ${token}`, 'meshery-provider': provider.key });

interface Outcome {
  readonly code: status;
  readonly meshery?: string | undefined;
  readonly renewed?: string | undefined;
}

function ask(metadata: Metadata, method: 'read' | 'write' = 'read'): Promise<Outcome> {
  const { list } = inventoryServiceDefinition;
  const { changeStatus } = connectionServiceDefinition;
  const request = changeStatus.requestSerialize({ id: crypto.randomUUID(), status: 'registered' });
  const [path, bytes] =
    method === 'read' ? [list.path, list.requestSerialize(everything)] : [changeStatus.path, request];
  return new Promise((resolve) => {
    const same = (value: Buffer): Buffer => value;
    let renewed: string | undefined;
    const answer = (error: ServiceError | null): void => {
      const meshery = error?.metadata.get('meshery-code')[0]?.toString();
      const code = error === null ? status.OK : error.code;
      resolve({ code, ...(meshery === undefined ? {} : { meshery }), ...(renewed === undefined ? {} : { renewed }) });
    };
    const options = { deadline: Date.now() + 30_000 };
    const call = client.makeUnaryRequest(path, same, same, bytes, ...([metadata, options, answer] as const));
    call.on('metadata', (head: Metadata) => {
      renewed = head.get('meshery-token')[0]?.toString();
    });
  });
}

test('the token of a session is accepted beside the name of its provider, as a header or as a cookie', async () => {
  const { browser, token } = await signIn('ada');
  expect(await ask(bearer(token))).toMatchObject({ code: status.OK });
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  expect(await ask(sent({ cookie }))).toMatchObject({ code: status.OK });
});

test('it has the role that the provider gives, and nothing is changed for a viewer', async () => {
  const viewer = await signIn('vic');
  expect(await ask(bearer(viewer.token))).toMatchObject({ code: status.OK });
  expect(await ask(bearer(viewer.token), 'write')).toMatchObject({ meshery: 'meshery-auth-1202' });
  const editor = await signIn('ada');
  expect((await ask(bearer(editor.token), 'write')).meshery).not.toBe('meshery-auth-1202');
});

test('of another provider, or changed, it is not valid', async () => {
  // Without what renews it, it is good for seconds: on a slow machine it may be over before it is shown.
  const { token, access } = await waitUntil({ what: 'a token that is accepted', timeoutMs: 60_000 }, async () => {
    const signedIn = await signIn('ada');
    const parts = JSON.parse(Buffer.from(signedIn.token, 'base64').toString('utf8')) as { access_token: string };
    const { code } = await ask(bearer(parts.access_token));
    return code === status.OK ? { token: signedIn.token, access: parts.access_token } : undefined;
  });
  expect(await ask(sent({ authorization: `Bearer ${token}` }))).toEqual(invalid);
  const elsewhere = sent({ authorization: `Bearer ${token}`, 'meshery-provider': 'elsewhere:1' });
  expect(await ask(elsewhere)).toEqual({ code: status.UNAUTHENTICATED, meshery: 'meshery-auth-1200' });
  expect(await ask(bearer(server.token))).toEqual(invalid);
  const [head = '', claims = '', signature = ''] = access.split('.');
  const raised = Buffer.from(
    JSON.stringify({ ...(JSON.parse(Buffer.from(claims, 'base64url').toString()) as object), roles: ['admin'] }),
  ).toString('base64url');
  expect(await ask(bearer([head, raised, signature].join('.')))).toEqual(invalid);
});

test('one that has ended is renewed, and the new token is answered', async () => {
  const { token } = await signIn('ada');
  let outcome: Outcome | undefined;
  await waitUntil({ what: 'the renewal', timeoutMs: 60_000, everyMs: 250 }, async () => {
    outcome = await ask(bearer(token));
    return outcome.renewed !== undefined;
  });
  expect(outcome?.code).toBe(status.OK);
  expect(outcome?.renewed).not.toBe(token);
  expect(await ask(bearer(outcome?.renewed ?? ''))).toMatchObject({ code: status.OK });
});

test('a stream ends with its session', async () => {
  const { browser, token } = await signIn('ada');
  const { path, requestSerialize, responseDeserialize } = eventServiceDefinition.subscribe;
  const request = { since: 0 };
  const heard = new Heard(
    client.makeServerStreamRequest(path, requestSerialize, responseDeserialize, request, bearer(token)),
  );
  await heard.opened;
  expect((await browser.open('/api/user/logout', { method: 'POST' })).status).toBeLessThan(400);
  expect(await heard.ended()).toEqual(invalid);
  expect(await ask(bearer(token))).toEqual(invalid);
});
