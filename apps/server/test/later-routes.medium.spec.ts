import { readFile, readdir } from 'node:fs/promises';
import { Caller } from './caller.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

/** Every published pair of method and path is either proven to do its work, or says that it cannot yet. */

interface Pair {
  readonly method: string;
  readonly path: string;
}

const parity = new URL('../../../tools/parity/', import.meta.url);
const readJson = async (path: string): Promise<unknown> => JSON.parse(await readFile(new URL(path, parity), 'utf8'));

async function unproven(): Promise<readonly Pair[]> {
  const surface = (await readJson('rest-surface.json')) as { sections: { routes: Pair[] }[] };
  const files = await readdir(new URL('proofs/', parity));
  const proofs = await Promise.all(files.map((file) => readJson(`proofs/${file}`)));
  const proven = new Set(proofs.flatMap((each) => Object.keys((each as { proves: object }).proves)));
  const pairs = surface.sections.flatMap(({ routes }) => routes);
  return pairs.filter(({ method, path }) => !proven.has(`${method} ${path}`));
}

/** Older clients know the registry by another name, and one of its routes by a third. */
const aliases = ({ method, path }: Pair): readonly Pair[] => {
  if (!path.startsWith('/api/registry/')) return [];
  return [{ method, path: path.replace('/api/registry/', '/api/meshmodels/') }];
};

let server: TestServer;
let asked: readonly Pair[];
beforeAll(async () => {
  server = await startTestServer();
  const pairs = await unproven();
  const older = { method: 'POST', path: '/api/meshmodel/components/register' };
  asked = [...pairs, ...pairs.flatMap(aliases), older].map(({ method, path }) => ({
    method,
    path: path.replaceAll(/\{\w+\}/g, 'sample'),
  }));
}, 60_000);
afterAll(() => server.stop());

const bodyOf = (method: string): object | undefined => (method === 'GET' || method === 'DELETE' ? undefined : {});

test('what nobody has proven answers 501 with a code, a cause and a remedy', async () => {
  const owner = Caller.owner(server);
  const others: unknown[] = [];
  for (const { method, path } of asked) {
    const { status, body } = await owner.send(method, path, bodyOf(method));
    const { code, error, suggestedRemediation } = body as {
      readonly code: string;
      readonly error: string;
      readonly suggestedRemediation: readonly string[];
    };
    const isCoded = status === 501 && code === 'meshery-core-1009' && suggestedRemediation[0] !== '';
    if (!isCoded) others.push(`${method} ${path}: ${String(status)} ${code} ${error}`);
  }
  expect(others).toEqual([]);
  expect(asked.length).toBeGreaterThan(60);
});

test('who may not do it hears that first', async () => {
  const viewer = await Caller.signUp(server, 'vera', 'viewer');
  const told: unknown[] = [];
  for (const { method, path } of asked) {
    const body = bodyOf(method);
    const init = { method, ...(body === undefined ? {} : { body: '{}' }) };
    if ((await fetch(server.url + path, init)).status !== 401) told.push(`nobody: ${method} ${path}`);
    const { status } = await viewer.send(method, path, body);
    if (status !== (method === 'GET' ? 501 : 403)) told.push(`viewer: ${method} ${path}: ${String(status)}`);
  }
  expect(told).toEqual([]);
});
