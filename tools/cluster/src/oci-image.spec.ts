import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeImage } from './oci-image.ts';
import { tar } from './tar.ts';

const spec = {
  name: 'meshery.local/x:v1',
  files: [{ path: 'bin/x', content: Buffer.from('program'), mode: 0o755 }],
  entrypoint: ['/bin/x'],
};

describe('an image that is composed here', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'meshery-oci-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const unpack = (archive: Buffer, path: string): string => {
    writeFileSync(join(folder, 'a.tar'), archive);
    return execFileSync('tar', ['-xOf', join(folder, 'a.tar'), path], { encoding: 'utf8' });
  };

  test('is the same for the same input, and carries its name', () => {
    const image = composeImage(spec);
    expect(composeImage(spec).equals(image)).toBe(true);
    const index = JSON.parse(unpack(image, 'index.json')) as { manifests: { annotations: unknown }[] };
    expect(index.manifests[0]?.annotations).toEqual({ 'io.containerd.image.name': 'meshery.local/x:v1' });
    expect(JSON.parse(unpack(image, 'oci-layout'))).toEqual({ imageLayoutVersion: '1.0.0' });
  });

  test('is an archive that tar reads, modes and contents of every length included', () => {
    const files = [0, 1, 511, 512, 513].map((length) => ({
      path: `f${String(length)}`,
      content: Buffer.alloc(length, 'x'),
      mode: 0o755,
    }));
    const archive = tar(files);
    for (const file of files) expect(unpack(archive, file.path)).toBe(file.content.toString());
    const list = execFileSync('tar', ['-tvf', join(folder, 'a.tar')], { encoding: 'utf8' });
    expect(list.split('\n')[0]).toMatch(/^-rwxr-xr-x (0\/0|root\/root)/);
    expect(() => tar([{ path: 'x'.repeat(101), content: Buffer.alloc(0) }])).toThrow(RangeError);
  });

  test('may hold folders, owners and long paths', () => {
    const long = `${'folder/'.repeat(20)}file`;
    const archive = tar([
      { path: 'tmp/', content: Buffer.alloc(0), mode: 0o1777 },
      { path: long, content: Buffer.from('deep'), owner: 65532 },
    ]);
    expect(unpack(archive, long)).toBe('deep');
    const list = execFileSync('tar', ['-tvf', join(folder, 'a.tar')], { encoding: 'utf8' }).split('\n');
    expect(list[0]).toMatch(/^drwxrwxrwt .* tmp\/$/);
    expect(list[1]).toMatch(/^-rw-r--r-- 65532\/65532/);
  });

  test('has its own layer above those it shares, for containerd and for docker load', () => {
    const image = composeImage({ ...spec, base: [[{ path: 'lib/y', content: Buffer.from('shared') }]] });
    const [docker] = JSON.parse(unpack(image, 'manifest.json')) as {
      Config: string;
      Layers: string[];
      RepoTags: string[];
    }[];
    const config = JSON.parse(unpack(image, docker?.Config ?? '')) as { rootfs: { diff_ids: string[] } };
    expect(docker?.RepoTags).toEqual([spec.name]);
    expect(docker?.Layers).toEqual(config.rootfs.diff_ids.map((id) => `blobs/sha256/${id.slice(7)}`));
    expect(docker?.Layers).toHaveLength(2);
  });
});
