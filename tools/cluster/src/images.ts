import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { COREDNS_VERSION } from '../../setup/src/recipes.ts';
import { runCommand, runCommandAnyway } from '../../setup/src/run-command.ts';
import { nodePlaces } from './addresses.ts';
import { type NodePaths, nodePaths } from './node-paths.ts';
import { type ImageSpec, composeImage } from './oci-image.ts';
import { pidOf } from './processes.ts';
import { type Cluster, allRecords, clusterDir } from './state.ts';

/** The image whose container holds a pod's namespaces. */
export const PAUSE_IMAGE = 'meshery.local/pause:v1.0.0';
/** The cluster DNS. */
export const COREDNS_IMAGE = `meshery.local/coredns:${COREDNS_VERSION}`;

const IMPORT_TIMEOUT_MS = 120_000;

/** The images that every node has from the beginning, made from the built programs. */
export function nodeImages(programs: { readonly pause: string; readonly coredns: string }): ImageSpec[] {
  const one = (name: string, program: string, path: string): ImageSpec => ({
    name,
    files: [{ path, content: readFileSync(program), mode: 0o755 }],
    entrypoint: [`/${path}`],
    user: '65532:65532',
  });
  return [one(PAUSE_IMAGE, programs.pause, 'pause'), one(COREDNS_IMAGE, programs.coredns, 'coredns')];
}

/** Imports an archive (an OCI layout, or what `docker save` writes) into one node's container runtime. */
async function importIntoNode(socket: string, archive: string): Promise<void> {
  const args = ['--address', socket, '--namespace', 'k8s.io', 'images', 'import', archive];
  await runCommand('ctr', args, { timeoutMs: IMPORT_TIMEOUT_MS });
}

/** Composes images and imports them into one node, by way of a file in the node's own folder. */
export async function importComposed(paths: NodePaths, images: readonly ImageSpec[]): Promise<void> {
  const archive = join(paths.dir, 'image.tar');
  try {
    for (const image of images) {
      writeFileSync(archive, composeImage(image));
      await importIntoNode(paths.containerdSocket, archive);
    }
  } finally {
    rmSync(archive, { force: true });
  }
}

/**
 * Brings an archive to every node of every running cluster, or of the one named; gives the nodes' names. A node that
 * has the same content under the same name is left as it is.
 */
export async function importImageArchive(archive: string, name?: string): Promise<string[]> {
  const records = allRecords().filter((record) => name === undefined || record.name === name);
  const sockets = records.flatMap((record) => runningSockets({ dir: clusterDir(record.name), record }));
  const image = sockets.length === 0 ? undefined : await archivedImage(archive);
  for (const { socket } of sockets) {
    if (image === undefined || !(await hasImage(socket, image))) await importIntoNode(socket, archive);
  }
  return sockets.map(({ node }) => node);
}

/** The only image of an archive; undefined for one of several images, or in another form than ours. */
async function archivedImage(archive: string): Promise<{ name: string; digest: string } | undefined> {
  const { code, stdout } = await runCommandAnyway('tar', ['--occurrence=1', '-xOf', archive, 'index.json']);
  if (code !== 0) return undefined;
  const { manifests } = JSON.parse(stdout) as {
    manifests: { digest: string; annotations?: Record<string, string> }[];
  };
  const [first] = manifests;
  const name = first?.annotations?.['io.containerd.image.name'];
  if (first === undefined || name === undefined || manifests.length > 1) return undefined;
  return { name, digest: first.digest };
}

/** True when the node has the image with all of its content, unpacked. */
async function hasImage(socket: string, image: { name: string; digest: string }): Promise<boolean> {
  const args = ['--address', socket, '--namespace', 'k8s.io', 'images', 'check', `name==${image.name}`];
  const lines = (await runCommand('ctr', args)).split('\n').map((line) => line.trim());
  return lines.some((line) => line.includes(image.digest) && / complete .* true$/.test(line));
}

function runningSockets({ dir, record }: Cluster): { node: string; socket: string }[] {
  const nodes = nodePlaces(record.name, record.slot, record.nodes);
  const running = nodes.filter((node) => pidOf(dir, `containerd-${String(node.number)}`) !== undefined);
  return running.map((node) => ({ node: node.name, socket: nodePaths(dir, node).containerdSocket }));
}
