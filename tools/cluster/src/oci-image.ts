import { createHash } from 'node:crypto';
import { type TarEntry, tar } from './tar.ts';

/** A program to put into an image that has nothing else. */
export interface ImageSpec {
  /** The full name, for example `meshery.local/pause:v1`. */
  readonly name: string;
  /** Layers below the image's own, lowest first; images with the same ones share them. */
  readonly base?: readonly (readonly TarEntry[])[];
  /** What the image's own layer holds. */
  readonly files: readonly TarEntry[];
  readonly entrypoint: readonly string[];
  /** Arguments when none are given. */
  readonly cmd?: readonly string[];
  readonly user?: string;
  readonly env?: readonly string[];
  readonly workingDir?: string;
  /** For example `8080/tcp`. */
  readonly ports?: readonly string[];
  readonly labels?: Readonly<Record<string, string>>;
}

const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' };

/**
 * Composes an image without a container engine: an archive in the OCI image layout (image-spec v1.0), whose index
 * carries the name in the annotation that containerd reads, and beside it the manifest that `docker load` reads. The
 * same input gives the same bytes.
 */
export function composeImage(spec: ImageSpec): Buffer {
  const layers = [...(spec.base ?? []), spec.files].map(tar);
  const config = json(configOf(spec, layers));
  const manifest = json({
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    config: descriptor('application/vnd.oci.image.config.v1+json', config),
    layers: layers.map((layer) => descriptor('application/vnd.oci.image.layer.v1.tar', layer)),
  });
  const named = {
    ...descriptor('application/vnd.oci.image.manifest.v1+json', manifest),
    annotations: { 'io.containerd.image.name': spec.name },
  };
  const index = json({ schemaVersion: 2, manifests: [named] });
  const docker = [{ Config: blobPath(config), RepoTags: [spec.name], Layers: layers.map(blobPath) }];
  return tar([
    { path: 'oci-layout', content: json({ imageLayoutVersion: '1.0.0' }) },
    { path: 'index.json', content: index },
    { path: 'manifest.json', content: json(docker) },
    ...[...layers, config, manifest].map((content) => ({ path: blobPath(content), content })),
  ]);
}

function configOf(spec: ImageSpec, layers: readonly Buffer[]): unknown {
  return {
    architecture: ARCHITECTURES[process.arch] ?? process.arch,
    os: 'linux',
    config: {
      Entrypoint: spec.entrypoint,
      ...(spec.cmd === undefined ? {} : { Cmd: spec.cmd }),
      ...(spec.user === undefined ? {} : { User: spec.user }),
      ...(spec.env === undefined ? {} : { Env: spec.env }),
      ...(spec.workingDir === undefined ? {} : { WorkingDir: spec.workingDir }),
      ...(spec.ports === undefined ? {} : { ExposedPorts: Object.fromEntries(spec.ports.map((port) => [port, {}])) }),
      ...(spec.labels === undefined ? {} : { Labels: spec.labels }),
    },
    rootfs: { type: 'layers', diff_ids: layers.map(digest) },
  };
}

function blobPath(content: Buffer): string {
  return `blobs/sha256/${digest(content).slice(7)}`;
}

function descriptor(mediaType: string, content: Buffer) {
  return { mediaType, digest: digest(content), size: content.length };
}

function digest(content: Buffer): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}

function json(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}
