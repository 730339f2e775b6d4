import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLogger, requestContext, systemClock } from '@meshery/observability';
import type { ListedProvider } from '../../identity/provider-list.ts';
import { ProviderClient } from './provider-client.ts';
import { RemoteCredentials } from './remote-credentials.ts';
import { RemoteRequests } from './remote-requests.ts';
import type { RemoteSessions } from './remote-sessions.ts';

/** Secrets on their way to a provider and back, which answers what each test wants. */

let far: Server;
let port: string;
let answer: unknown;
beforeAll(async () => {
  far = createServer((request, response) => {
    request.resume();
    response.end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => far.listen(0, '127.0.0.1', resolve));
  port = String((far.address() as AddressInfo).port);
});
afterAll(() => {
  far.closeAllConnections();
  far.close();
});

const user = { userId: 'u', name: 'ada', provider: 'p', roles: ['editor'] };
const logger = createLogger({ service: 'test', destination: { write: () => undefined } });
const ctx = requestContext({ user, requestId: 'r', logger, signals: [] });
const id = '00000000-0000-4000-8000-000000000001';
const draft = { name: 'k', type: 'token', organizationId: id, secret: { value: 'canary' } };

function credentialsAt(url: string): RemoteCredentials {
  const capabilities = [{ feature: 'persist-credentials', endpoint: '/credentials' }];
  const current = { key: 'p', status: 'online', properties: { capabilities } } as unknown as ListedProvider;
  const client = new ProviderClient(url, 'test');
  const sessions: Pick<RemoteSessions, 'ask'> = { ask: (_identity, send) => send('t') };
  return new RemoteCredentials(new RemoteRequests({ client, listing: { current }, sessions, clock: systemClock }));
}

test.each(['http://provider.example', 'http://10.1.2.3:8080', 'http://localhost.example'])(
  'nothing of a secret goes to %s',
  async (url) => {
    const credentials = credentialsAt(url);
    const expected = { code: 'meshery-provider-2002' };
    await expect(credentials.create(ctx, draft)).rejects.toMatchObject(expected);
    await expect(credentials.update(ctx, id, { secret: {} })).rejects.toMatchObject(expected);
    await expect(credentials.open(ctx, id)).rejects.toMatchObject(expected);
    await expect(credentials.get(ctx, id)).rejects.toMatchObject(expected);
  },
);

test.each(['https://provider.invalid', 'http://localhost:1', 'http://[::1]:1'])('%s would be called', async (url) => {
  await expect(credentialsAt(url).create(ctx, draft)).rejects.toMatchObject({ code: 'meshery-provider-2001' });
});

test('what is read has no secret, under whatever name the provider answers it', async () => {
  answer = { ...draft, id, credential_secret: 'canary', sealed: 'canary', metadata: { secret: 'canary' } };
  const read = await credentialsAt(`http://127.0.0.1:${port}`).get(ctx, id);
  expect(read).toEqual({ id, name: 'k', type: 'token', organizationId: id, owner: '', createdAt: '', updatedAt: '' });
});

test('a provider that keeps secrets for itself is told from one that is away', async () => {
  answer = { id, name: 'k' };
  const open = credentialsAt(`http://127.0.0.1:${port}`).open(ctx, id);
  await expect(open).rejects.toMatchObject({ code: 'meshery-connection-1703' });
});

test('an answer that is no record is a fault of the provider', async () => {
  answer = { name: 'k' };
  const get = credentialsAt(`http://127.0.0.1:${port}`).get(ctx, id);
  await expect(get).rejects.toMatchObject({ code: 'meshery-provider-2001' });
});
