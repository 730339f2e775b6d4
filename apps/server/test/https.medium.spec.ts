import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import type { IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAuthority, issueCertificate } from '@meshery/security';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

/** What a server with a certificate says beside what it says without one. */

const authority = { name: 'Servers', ...createAuthority('Servers', Date.now()) };
let folder: string;
let server: TestServer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'meshery-https-'));
  const names = ['localhost', '127.0.0.1', 'meshery.example'];
  const { cert, key } = issueCertificate(authority, { kind: 'server', names }, Date.now());
  const [certFile, keyFile] = [join(folder, 'tls.crt'), join(folder, 'tls.key')];
  await writeFile(certFile, cert);
  await writeFile(keyFile, key);
  const argv = ['--no-discovery', '--tls-cert', certFile, '--tls-key', keyFile];
  server = await startTestServer({ argv, env: { MESHERY_ALLOWED_HOSTS: 'meshery.example' } });
}, 60_000);
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

function headersOf(path: string, host: string): Promise<IncomingHttpHeaders> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingHttpHeaders>();
  const options = { port: server.service.port, host: 'localhost', path, ca: authority.cert, headers: { host } };
  request(options, (answer) => {
    answer.resume();
    resolve(answer.headers);
  })
    .on('error', reject)
    .end();
  return promise;
}

test('every cookie is for encrypted connections only', async () => {
  const code = server.prepared.security.codes.issue();
  const signedIn = await headersOf(`/auth/local?code=${code}`, 'localhost');
  const login = await headersOf('/user/login', 'localhost');
  const cookies = [...(signedIn['set-cookie'] ?? []), ...(login['set-cookie'] ?? [])];
  expect(cookies.map((cookie) => cookie.split('=')[0])).toEqual(['token', 'meshery-provider', 'meshery-return']);
  expect(cookies.filter((cookie) => !cookie.includes('; Secure'))).toEqual([]);
});

test('browsers keep to encryption under its name, but not for all that is on this machine', async () => {
  for (const path of ['/', '/provider', '/api/system/clusters', '/api/system/version', '/healthz/live']) {
    const strict = (await headersOf(path, 'meshery.example'))['strict-transport-security'];
    expect([path, strict]).toEqual([path, 'max-age=31536000']);
  }
  expect(await headersOf('/', 'localhost')).not.toHaveProperty('strict-transport-security');
});
