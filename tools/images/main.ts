/** `npm run images`: builds the container images without an engine and brings them to the local clusters' nodes. */
import { parseArgs } from 'node:util';
import { importImageArchive } from '../cluster/src/images.ts';
import { describeError } from '../setup/src/tool-error.ts';
import { type BuiltImage, buildImages, imagesFolder } from './src/build-images.ts';
import { imageRecipes } from './src/recipes.ts';

const usage = `usage: npm run images -- [NAME..] [--no-import]
  Builds container images from the bundles of this checkout, without a registry or a container engine, and imports
  them into every node of every running local cluster. Without names: ${imageRecipes.map(({ name }) => name).join(', ')}

  --no-import  only build
  --help       print this text
  Archives (for docker load, ctr images import) and bills of materials (CycloneDX) lie in ${imagesFolder()}
`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { import: { type: 'boolean', default: true }, help: { type: 'boolean', short: 'h', default: false } },
    allowNegative: true,
    allowPositionals: true,
  });
  if (values.help) {
    process.stdout.write(usage);
    return;
  }
  for (const image of await buildImages({ names: positionals })) {
    const nodes = values.import ? await importImageArchive(image.archive) : [];
    process.stdout.write(`${describe(image, nodes)}\n`);
  }
}

function describe({ reference, outcome, bytes, archive }: BuiltImage, nodes: readonly string[]): string {
  const where = nodes.length === 0 ? '' : `, on ${nodes.join(', ')}`;
  return `${reference}: ${outcome}, ${(bytes / 1e6).toFixed(1)} MB, ${archive}${where}`;
}

try {
  await main();
} catch (error) {
  process.stderr.write(`images: ${describeError(error)}\n`);
  process.exitCode = 1;
}
