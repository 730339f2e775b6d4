import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ReferenceProvider, buildBundles, bundleEntry, freePort, makeTempDir, runCommand } from '@meshery/testing';
import { Checklist } from '../src/checklist.ts';
import type { CheckResult } from '../src/checklist.ts';
import { expectations } from '../src/expectations.ts';
import { checksOf, features } from '../src/features.ts';
import { ProviderApi } from '../src/provider-api.ts';
import { runChecks } from '../src/run-checks.ts';
import { SignIn } from '../src/sign-in.ts';
import { FaultyProvider } from './faulty-provider.ts';
import type { Exchange, Fault, Reply } from './faulty-provider.ts';
import { faults } from './faults.ts';
import { faultAt, featureFaults } from './feature-faults.ts';

const program = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const form = `{name:'ada',password:'${ReferenceProvider.password}'}`;
const loginCommand = `node -e "fetch(process.env.LOGIN_URL,{method:'POST',body:new URLSearchParams(${form})})"`;

let reference: ReferenceProvider;
beforeAll(async () => {
  reference = await ReferenceProvider.start({ PROVIDER_ANONYMOUS: 'true' });
});
afterAll(() => reference.process.stop());

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the program as a user does. */
async function run(...args: string[]): Promise<Outcome> {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const [[code], stdout, stderr] = await Promise.all([once(child, 'exit'), text(child.stdout), text(child.stderr)]);
  return { code: code as number, stdout, stderr };
}

/** Runs the checks in this process against the reference provider with a fault. */
async function resultsWith(fault: Fault): Promise<readonly CheckResult[]> {
  const provider = await FaultyProvider.start(reference.url, fault);
  try {
    const api = new ProviderApi(provider.url, 60_000);
    const list = new Checklist(api, () => undefined);
    const lead = async (address: string): Promise<void> => {
      await fetch(await reference.fillIn(address, 'ada'));
    };
    await runChecks({ api, list, signIn: new SignIn(api, { lead, callbackPort: 0 }) });
    return list.results;
  } finally {
    provider.stop();
  }
}

/** The document of a provider that offers but some features. */
function offering(reply: Reply, { url }: Exchange, isOffered: (feature: string) => boolean): Reply {
  if (!url.pathname.endsWith('/capabilities') || reply.status !== 200) return reply;
  const document = JSON.parse(reply.body) as { readonly capabilities: readonly { readonly feature: string }[] };
  const capabilities = document.capabilities.filter(({ feature }) => isOffered(feature));
  return { ...reply, body: JSON.stringify({ ...document, capabilities }) };
}

const idsOf = (results: readonly CheckResult[], status: CheckResult['status']): string[] =>
  results.filter((result) => result.status === status).map(({ id }) => id);

test('the reference provider passes every check; no secret is printed', async () => {
  const secrets = new Set<string>();
  const provider = await FaultyProvider.start(reference.url, async (exchange, pass) => {
    const reply = await pass(exchange);
    const said = [exchange.body, reply.body, reply.headers.location ?? '', exchange.headers.authorization ?? ''];
    for (const [secret] of said.join('\n').matchAll(/[\w.=-]{40,}/g)) secrets.add(secret);
    return reply;
  });
  const { code, stdout, stderr } = await run(provider.url, '--json', '--login-command', loginCommand);
  provider.stop();
  const results = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as CheckResult);
  expect(results.filter(({ status }) => status !== 'passed')).toEqual([]);
  expect(results.map(({ id }) => id).sort()).toEqual(Object.keys(expectations).sort());
  expect(Object.keys(results[0] ?? {}).sort()).toEqual(['expected', 'id', 'reference', 'seen', 'status']);
  expect([code, stderr]).toEqual([0, `${String(results.length)} passed, 0 failed, 0 skipped\n`]);
  expect(secrets.size).toBeGreaterThan(20);
  expect([...secrets].filter((secret) => (stdout + stderr).includes(secret))).toEqual([]);
});

test.each(faults)('a provider that %s fails %s and nothing else', async (_what, check, fault) => {
  const [feature = ''] = check.split('.');
  const offered = ['organizations', feature, features[feature]?.of, features[feature]?.holds];
  const results = await resultsWith((exchange, pass) =>
    fault(exchange, async (changed) => offering(await pass(changed), changed, (name) => offered.includes(name))),
  );
  expect(idsOf(results, 'failed')).toEqual([check]);
});

test('each check of each of the thirty features has a fault that it has to find', () => {
  const found = new Set(featureFaults.map(({ form, operation }) => `${form}.${operation}`));
  const wanted = Object.entries(features).flatMap(([name, { form }]) =>
    checksOf(name).map((id) => `${form}.${id.slice(name.length + 1)}`),
  );
  expect([...found].sort()).toEqual([...new Set(wanted)].sort());
});

test.each(featureFaults.map((fault) => [fault.form, fault.what, fault.operation, fault] as const))(
  'features of the form %s of a provider that %s fail at "%s" and nowhere else',
  async (form, _what, operation, fault) => {
    const { capabilities } = (await (await fetch(`${reference.url}/capabilities`)).json()) as {
      readonly capabilities: readonly { readonly feature: string; readonly endpoint: string }[];
    };
    const concerned = Object.keys(features).filter((name) => features[name]?.form === form);
    const endpoints = capabilities.filter(({ feature }) => concerned.includes(feature)).map(({ endpoint }) => endpoint);
    const offered = ['organizations', ...concerned, ...concerned.map((name) => features[name]?.of)];
    const faulty = faultAt(endpoints, fault);
    const results = await resultsWith((exchange, pass) =>
      faulty(exchange, async (changed) => offering(await pass(changed), changed, (name) => offered.includes(name))),
    );
    const wanted = concerned.flatMap(checksOf).filter((id) => id.endsWith(`.${operation}`));
    expect(idsOf(results, 'failed').sort()).toEqual([...wanted, ...(fault.also ?? [])].sort());
  },
);

test('a provider may say that a token is not active as RFC 7662 has it', async () => {
  const results = await resultsWith(async (exchange, pass) => {
    const reply = await pass(exchange);
    const isUnknown = exchange.url.pathname === '/introspect' && reply.status === 401;
    return isUnknown ? { ...reply, status: 200, body: '{"active":false}' } : reply;
  });
  expect(idsOf(results, 'failed')).toEqual([]);
  expect(idsOf(results, 'passed')).toContain('revoke.introspect');
});

test('npx runs the program in a clone', async () => {
  const args = ['meshery-provider-conformance', reference.url, '--json', '--login-command', loginCommand];
  // The flags of this test's Node are not for others.
  const output = await runCommand('npx', args, {
    cwd: dirname(fileURLToPath(import.meta.url)),
    env: { NODE_OPTIONS: '' },
  });
  const results = output
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as CheckResult);
  expect(idsOf(results, 'passed').sort()).toEqual(Object.keys(expectations).sort());
});

test('the package of the program runs where nothing else is', async () => {
  await buildBundles(['provider-conformance']);
  const dir = makeTempDir('conformance');
  // The flags of this test's Node and the settings of the npm that runs it are not for others.
  const env = { NODE_OPTIONS: '', npm_config_cache: join(dir.path, 'cache'), npm_config_offline: 'true' };
  const npm = (...args: string[]) => runCommand('npm', args, { cwd: dir.path, env });
  await npm('pack', dirname(bundleEntry('provider-conformance')));
  const [tarball = ''] = readdirSync(dir.path).filter((file) => file.endsWith('.tgz'));
  expect(tarball).toMatch(/^meshery-provider-conformance-\d/);
  await npm('install', '--prefix', dir.path, `./${tarball}`);
  const installed = join(dir.path, 'node_modules', 'meshery-provider-conformance');
  expect(readdirSync(installed).sort()).toEqual(['LICENSE', 'main.js', 'package.json']);
  const args = ['--no', 'meshery-provider-conformance', reference.url, '--json', '--login-command', loginCommand];
  const output = await runCommand('npx', args, { cwd: dir.path, env });
  const results = output
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as CheckResult);
  expect(idsOf(results, 'passed').sort()).toEqual(Object.keys(expectations).sort());
  dir.remove();
});

test('what is not offered is left out', async () => {
  const results = await resultsWith(async (exchange, pass) =>
    offering(await pass(exchange), exchange, (name) => name === 'share-designs'),
  );
  expect(idsOf(results, 'failed')).toEqual([]);
  const seen = new Map(results.map(({ id, ...result }) => [id, result.seen]));
  expect(seen.get('share-designs.keep')).toBe('"persist-meshery-patterns" is not offered');
  expect(seen.get('workspaces.create')).toBe('not offered');
  expect(idsOf(results, 'passed')).toContain('refresh.reuse');
});

test('for people, a failed check says what was expected, what was seen, and who says so', async () => {
  const provider = await FaultyProvider.start(reference.url, async (exchange, pass) => ({
    ...(await pass(exchange)),
    ...(exchange.url.pathname === '/keys' ? { status: 503 } : {}),
  }));
  const { code, stdout, stderr } = await run(provider.url, '--login-command', 'exit 3');
  provider.stop();
  expect(code).toBe(1);
  expect(stdout).toContain(
    'FAIL keys.set\n     expected: GET /keys answers 200 with a list "keys" that is not empty\n' +
      '     seen: status 503 (GET /keys: 503)\n     see: RFC 7517, 5\n',
  );
  expect(stdout).toContain('seen: the login command ended with exit code 3\n');
  expect(stdout).toContain('skip refresh.reuse: not come to');
  expect(stderr).toMatch(/2 failed, \d+ skipped: keys.set, login.state\n$/);
});

test.each([
  [['--help'], 0, /^usage: meshery-provider-conformance URL/],
  [[], 2, /give one URL/],
  [['ftp://provider.example'], 2, /give one URL/],
  [['http://127.0.0.1:1', '--timeout', '0'], 2, /--timeout takes a number from 1 to 60/],
])('%j ends with %i', async (args, expected, words) => {
  const { code, stdout, stderr } = await run(...args);
  expect(code).toBe(expected);
  expect(stdout + stderr).toMatch(words);
});

test('a provider that is not there ends with 2', async () => {
  const { code, stdout, stderr } = await run(`http://127.0.0.1:${String(await freePort())}`);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/no answer .*ECONNREFUSED[\s\S]*does the provider run/);
});
