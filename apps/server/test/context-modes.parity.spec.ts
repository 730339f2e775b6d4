import { Caller } from './caller.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

/** Who discovers a cluster is chosen for each context of an upload. */

let server: TestServer;
let owner: Caller;
beforeAll(async () => {
  server = await startTestServer();
  owner = Caller.owner(server);
}, 60_000);
afterAll(() => server.stop());

/** Contexts that do not answer are kept as they are said to be. */
function form(fields: Readonly<Record<string, string>> = {}): FormData {
  const names = ['one', 'two', 'three'];
  const config = {
    clusters: [{ name: 'away', cluster: { server: 'https://127.0.0.1:1' } }],
    users: [{ name: 'away', user: { token: 't' } }],
    contexts: names.map((name) => ({ name, context: { cluster: 'away', user: 'away' } })),
  };
  const data = new FormData();
  data.set('k8sfile', new Blob([JSON.stringify(config)]), 'config.yaml');
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return data;
}

async function modes(): Promise<Readonly<Record<string, string>>> {
  const { body } = await owner.get('/api/integrations/connections?kind=kubernetes&pagesize=all');
  const known = body.connections as { name: string; metadata: { meshsyncDeploymentMode: string } }[];
  return Object.fromEntries(known.map(({ name, metadata }) => [name, metadata.meshsyncDeploymentMode]));
}

test('a context has its own mode, else that of the upload, else the one it has, else that of the server', async () => {
  const found = (await owner.upload('/api/system/kubernetes/contexts', form())).body as { id: string; name: string }[];
  const idOf = (name: string): string => found.find((context) => context.name === name)?.id ?? '';
  const upload = (fields: Readonly<Record<string, string>>) => owner.upload('/api/system/kubernetes', form(fields));
  const own = { [idOf('one')]: { meshsyncDeploymentMode: 'operator' } };

  expect((await upload({ contexts: JSON.stringify(own) })).body.registeredContexts).toHaveLength(3);
  expect(await modes()).toEqual({ one: 'operator', two: 'embedded', three: 'embedded' });

  const other = { [idOf('two')]: { meshsyncDeploymentMode: 'embedded' } };
  await upload({ contexts: JSON.stringify(other), meshsync_deployment_mode: 'operator' });
  expect(await modes()).toEqual({ one: 'operator', two: 'embedded', three: 'operator' });

  await upload({});
  expect(await modes()).toEqual({ one: 'operator', two: 'embedded', three: 'operator' });
});
