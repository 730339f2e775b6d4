import { createHash } from 'node:crypto';
import type { NpmPackage } from './bundled-packages.ts';

/** A file in an image that comes from no package registry. */
export interface ImageFile {
  readonly name: string;
  readonly content: Buffer;
  readonly license?: string;
  /** The package that brought it. */
  readonly origin?: { readonly version: string; readonly purl: string };
}

/** A module of Go that is linked into a program. */
export interface GoModule {
  readonly path: string;
  readonly version: string;
}

/** What an image is made of. */
export interface BillOfMaterials {
  /** The image's name and its content's hash (hex). */
  readonly name: string;
  readonly version: string;
  readonly hash: string;
  readonly packages: readonly NpmPackage[];
  readonly files: readonly ImageFile[];
  readonly modules: readonly GoModule[];
}

/** A CycloneDX 1.6 document (JSON); without times, so that the same image has the same document. */
export function cycloneDx(bill: BillOfMaterials): string {
  const document = {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${uuidOf(bill.hash)}`,
    version: 1,
    metadata: {
      component: {
        type: 'container',
        'bom-ref': 'image',
        name: bill.name,
        version: bill.version,
        hashes: [{ alg: 'SHA-256', content: bill.hash }],
      },
    },
    components: [
      ...bill.packages.map(npmComponent),
      ...bill.modules.map(goComponent),
      ...bill.files.map(fileComponent),
    ],
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function npmComponent({ name, version, license, integrity }: NpmPackage): object {
  const slash = name.indexOf('/');
  const scope = slash < 0 ? undefined : name.slice(0, slash);
  const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`;
  return {
    type: 'library',
    'bom-ref': purl,
    ...(scope === undefined ? {} : { group: scope }),
    name: name.slice(slash + 1),
    version,
    purl,
    ...licenses(license),
    ...(integrity === undefined ? {} : { hashes: integrity.split(' ').flatMap(integrityHash) }),
  };
}

function goComponent({ path, version }: GoModule): object {
  const purl = `pkg:golang/${path}@${version}`;
  return { type: 'library', 'bom-ref': purl, name: path, version, purl };
}

function fileComponent({ name, content, license, origin }: ImageFile): object {
  return {
    type: origin === undefined ? 'file' : name.startsWith('/') ? 'library' : 'application',
    'bom-ref': `file:${name}`,
    name,
    ...origin,
    ...licenses(license),
    hashes: [{ alg: 'SHA-256', content: createHash('sha256').update(content).digest('hex') }],
  };
}

function licenses(license: string | undefined): object {
  if (license === undefined) return {};
  const isExpression = !/^(SEE|UNLICENSED|.*:\/\/)/.test(license);
  return { licenses: [isExpression ? { expression: license } : { license: { name: license } }] };
}

const algorithms: Readonly<Record<string, string>> = {
  sha1: 'SHA-1',
  sha256: 'SHA-256',
  sha384: 'SHA-384',
  sha512: 'SHA-512',
};

function integrityHash(integrity: string): object[] {
  const at = integrity.indexOf('-');
  const alg = algorithms[integrity.slice(0, at)];
  return alg === undefined ? [] : [{ alg, content: Buffer.from(integrity.slice(at + 1), 'base64').toString('hex') }];
}

/** A UUID (version 5 in form) of a hash. */
function uuidOf(hash: string): string {
  const [a, b, c, d, e] = [
    hash.slice(0, 8),
    hash.slice(8, 12),
    hash.slice(13, 16),
    hash.slice(17, 20),
    hash.slice(20, 32),
  ];
  return `${a}-${b}-5${c}-8${d}-${e}`;
}

/** The modules that a go.mod requires, indirect ones too. */
export function requiredModules(goMod: string): GoModule[] {
  const lines = goMod.split('\n').map((line) => line.replace(/^\s*require\s+/, '').trim());
  return lines.flatMap((line) => {
    const [, path, version] = /^(\S+\.\S+\/\S+|\S+\.\S+)\s+(v\d\S*)(?:\s*\/\/.*)?$/.exec(line) ?? [];
    return path === undefined || version === undefined ? [] : [{ path, version }];
  });
}
