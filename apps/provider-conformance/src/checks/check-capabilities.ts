import { features } from '../features.ts';
import { expect, expectStatus, fieldsOf, rowsOf } from '../mismatch.ts';
import type { ProviderRun } from './provider-run.ts';

const path = /^\/[\w/.-]*$/;

/** Where a provider offers its features; undefined without a document. */
export async function checkCapabilities(run: ProviderRun): Promise<ReadonlyMap<string, string> | undefined> {
  const { api, list } = run;
  await list.check('address.https', () => {
    const { protocol, hostname } = new URL(api.url);
    const isNear = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
    expect(protocol === 'https:' || isNear, `the address begins with ${protocol}`);
  });
  const offered = await list.check('capabilities.document', () => read(run, '/capabilities'));
  if (offered === undefined) return undefined;
  await list.check('capabilities.versioned', async () => {
    const versioned = await read(run, '/v0.1.0/capabilities');
    expect(JSON.stringify(versioned) === JSON.stringify(offered), 'the features are not the same');
  });
  await list.check('capabilities.features', () => {
    const names = offered.map(({ name }) => name);
    const unknown = names.filter((name) => !Object.hasOwn(features, name));
    expect(unknown.length === 0, `unknown: ${unknown.join(', ')}`);
    expect(new Set(names).size === names.length, 'a feature is named twice');
    const odd = offered.filter(({ endpoint }) => endpoint !== '' && (!path.test(endpoint) || endpoint.includes('..')));
    expect(odd.length === 0, `no absolute path: ${odd.map(({ name }) => name).join(', ')}`);
  });
  return new Map(offered.map(({ name, endpoint }) => [name, endpoint]));
}

async function read({ api }: ProviderRun, at: string): Promise<{ readonly name: string; readonly endpoint: string }[]> {
  const answer = await api.send('GET', at);
  expectStatus(answer, 200);
  const { providerType, providerName, capabilities } = fieldsOf(answer.body);
  expect(providerType === 'remote', 'providerType is not "remote"');
  expect(typeof providerName === 'string' && providerName !== '', 'no providerName');
  const rows = rowsOf(capabilities);
  expect(rows !== undefined, 'capabilities is no list');
  return rows.map(({ feature, endpoint }) => ({
    name: typeof feature === 'string' ? feature : '',
    endpoint: typeof endpoint === 'string' ? endpoint : '',
  }));
}
