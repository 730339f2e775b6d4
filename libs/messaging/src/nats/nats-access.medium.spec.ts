import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLogger, systemClock } from '@meshery/observability';
import { NatsServer, issue, makeTempDir, newAuthority, waitUntil } from '@meshery/testing';
import type { TempDir } from '@meshery/testing';
import { NatsBroker } from './nats-broker.ts';
import type { NatsBrokerOptions } from './nats-options.ts';

const logger = createLogger({ service: 'test', level: 'silent' });
const cleanups: (() => unknown)[] = [];
let dir: TempDir;
let tokenFile: string;
let caFile: string;

beforeEach(() => {
  dir = makeTempDir('nats-access');
  tokenFile = join(dir.path, 'token');
  caFile = join(dir.path, 'ca.crt');
});

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  dir.remove();
});

async function start(options: Parameters<typeof NatsServer.start>[0]): Promise<NatsServer> {
  const server = await NatsServer.start({ jetStream: false, ...options });
  cleanups.push(() => server.stop());
  return server;
}

/** A broker that tries to connect until the test ends. */
function open(url: string, options: Partial<NatsBrokerOptions> = {}): NatsBroker {
  const broker = new NatsBroker({ url, name: 'test', reconnectMs: 50, ...options }, { clock: systemClock, logger });
  const end = new AbortController();
  const opened = broker.open(end.signal).catch(() => undefined);
  cleanups.push(async () => {
    end.abort(new Error('the test is over'));
    await opened;
    await broker.close();
  });
  return broker;
}

const token = (): string => readFileSync(tokenFile, 'utf8');
const connected = (broker: NatsBroker) =>
  waitUntil({ what: 'the connection', timeoutMs: 60_000 }, () => broker.status().connected);
const refused = (broker: NatsBroker, code: string) =>
  waitUntil({ what: code, timeoutMs: 60_000 }, () => broker.status().error?.code === code);

function certificate(authority: ReturnType<typeof newAuthority>) {
  return issue(authority, { subject: { commonName: 'broker' }, names: ['localhost', '127.0.0.1'] });
}

test.each([
  ['a token in the URL', { token: 't0ken' }, 't0ken@', undefined],
  ['a token in the file', { token: 't0ken' }, '', 't0ken\n'],
  ['a user in the URL', { users: { agent: 'pass:w0rd' } }, 'agent:pass:w0rd@', undefined],
  ['a user in the file', { users: { agent: 'pass:w0rd' } }, '', 'agent:pass:w0rd\n'],
  ['the file before the URL', { users: { agent: 'new' } }, 'agent:old@', 'agent:new'],
])('shows %s', async (_, access, userinfo, file) => {
  const server = await start(access);
  if (file !== undefined) writeFileSync(tokenFile, file);
  await connected(open(`nats://${userinfo}localhost:${server.port}`, file === undefined ? {} : { token }));
});

test('says with a code that the credentials are refused or unreadable, and goes on when they are right', async () => {
  const server = await start({ users: { agent: 'right' } });
  const broker = open(`localhost:${server.port}`, { token });
  await refused(broker, 'meshery-messaging-1506');
  expect(broker.status().error?.message).toContain('cannot be read');
  writeFileSync(tokenFile, 'agent:wrong');
  await waitUntil({ what: 'the refusal', timeoutMs: 60_000 }, () =>
    broker.status().error?.message.includes('refuses the credentials'),
  );
  expect(broker.status().error?.message).not.toContain('wrong');
  writeFileSync(tokenFile, 'agent:right');
  await connected(broker);
});

test.each(['nats', 'tls'])('trusts its own CA over %s://, read anew at each attempt', async (scheme) => {
  const authority = newAuthority('own');
  const server = await start({ tls: certificate(authority) });
  const broker = open(`${scheme}://localhost:${server.port}`, { tls: { caFile } });
  await refused(broker, 'meshery-messaging-1507');
  writeFileSync(caFile, newAuthority('another').certificatePem);
  await waitUntil({ what: 'the distrust', timeoutMs: 60_000 }, () =>
    broker.status().error?.message.includes('UNABLE_TO_VERIFY_LEAF_SIGNATURE'),
  );
  expect(broker.status().error?.code).toBe('meshery-messaging-1507');
  writeFileSync(caFile, authority.certificatePem);
  await connected(broker);
});

test('shows no credentials to a server without TLS when a CA was given', async () => {
  const server = await start({ token: 't0ken' });
  writeFileSync(caFile, newAuthority('own').certificatePem);
  const broker = open(`nats://t0ken@localhost:${server.port}`, { tls: { caFile } });
  await refused(broker, 'meshery-messaging-1507');
});

test('comes back with new credentials and a new CA while it runs, and says meanwhile what is wrong', async () => {
  const [first, second] = [newAuthority('first'), newAuthority('second')];
  const server = await start({ users: { agent: 'first' }, tls: certificate(first) });
  writeFileSync(tokenFile, 'agent:first');
  writeFileSync(caFile, first.certificatePem);
  let reads = 0;
  const counted = (): string => {
    reads += 1;
    return token();
  };
  const broker = open(`localhost:${server.port}`, { token: counted, tls: { caFile } });
  await connected(broker);

  server.configure({ users: { agent: 'second' } });
  server.reload();
  await refused(broker, 'meshery-messaging-1506');
  rmSync(tokenFile);
  reads = 0;
  await waitUntil({ what: 'two attempts without the file', timeoutMs: 60_000 }, () => reads > 4);
  writeFileSync(tokenFile, 'agent:second');
  await connected(broker);

  await server.down();
  server.configure({ tls: certificate(second) });
  await server.up();
  await refused(broker, 'meshery-messaging-1507');
  writeFileSync(caFile, second.certificatePem);
  await connected(broker);
});
