import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buildBundles, bundleEntry } from '@meshery/testing';

/** The files that are loaded with these: imports that are not lazy, and theirs. */
function loadedWith(folder: string, files: readonly string[]): ReadonlySet<string> {
  const loaded = new Set<string>();
  const left = [...files];
  for (let file = left.pop(); file !== undefined; file = left.pop()) {
    if (loaded.has(file)) continue;
    loaded.add(file);
    const text = readFileSync(join(folder, file), 'utf8');
    for (const [, name = ''] of text.matchAll(/(?:from|import)"\.\/([^"]+\.js)"/g)) left.push(name);
  }
  return loaded;
}

test('an agent with a broker loads neither the gRPC client nor what takes a Lease', async () => {
  await buildBundles(['meshsync']);
  const folder = dirname(bundleEntry('meshsync'));
  const all = readdirSync(folder).filter((file) => file.endsWith('.js'));
  const holding = (text: string) => all.filter((file) => readFileSync(join(folder, file), 'utf8').includes(text));
  const loaded = loadedWith(folder, ['main.js', ...all.filter((file) => file.startsWith('chunk-run-agent-'))]);
  expect(loaded.size).toBeGreaterThan(3);
  for (const text of ['grpc-node-js/', 'leaseTransitions']) {
    expect(holding(text).length).toBeGreaterThan(0);
    expect(holding(text).filter((file) => loaded.has(file))).toEqual([]);
  }
});
