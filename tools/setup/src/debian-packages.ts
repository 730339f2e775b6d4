import { existsSync, readdirSync } from 'node:fs';
import { findOnPath } from './run-command.ts';

/** A Debian package, and how to see without Debian's tools that what it brings is there. */
export interface DebianPackage {
  readonly name: string;
  readonly isPresent: () => boolean;
}

/** Where distributions put the CNI plugins. */
const CNI_FOLDERS = ['/usr/lib/cni', '/opt/cni/bin', '/usr/libexec/cni'];
const CNI_PLUGINS = ['bridge', 'portmap', 'host-local', 'loopback'];

/** The folder of the CNI plugins, undefined when there is none. */
export function cniPluginFolder(): string | undefined {
  return CNI_FOLDERS.find((folder) => CNI_PLUGINS.every((plugin) => existsSync(`${folder}/${plugin}`)));
}

/** The folder of PostgreSQL's server programs (newest version first), undefined when there is none. */
export function postgresFolder(): string | undefined {
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : [];
  return versions.map((version) => `${root}/${version}/bin`).find((folder) => existsSync(`${folder}/postgres`));
}

function withPrograms(name: string, ...programs: string[]): DebianPackage {
  return { name, isPresent: () => programs.every((program) => findOnPath(program) !== undefined) };
}

/** What nodes of a local cluster need. */
export const nodePackages: readonly DebianPackage[] = [
  withPrograms('containerd', 'containerd', 'ctr', 'containerd-shim-runc-v2'),
  withPrograms('runc', 'runc'),
  { name: 'containernetworking-plugins', isPresent: () => cniPluginFolder() !== undefined },
  withPrograms('iptables', 'iptables'),
  withPrograms('conntrack', 'conntrack'),
  withPrograms('socat', 'socat'),
  withPrograms('ethtool', 'ethtool'),
  withPrograms('iproute2', 'ip'),
  withPrograms('util-linux', 'nsenter'),
  withPrograms('mount', 'mount', 'umount'),
];

/** What nodes need beside these where NetworkPolicies hold. */
export const policyPackages: readonly DebianPackage[] = [withPrograms('ipset', 'ipset')];

/** What tests with a browser need; a page without fonts shows no text. */
export const chromiumPackages: readonly DebianPackage[] = [
  withPrograms('chromium', 'chromium'),
  withPrograms('chromium-driver', 'chromedriver'),
  {
    name: 'fonts-liberation',
    isPresent: () =>
      existsSync('/usr/share/fonts/truetype/liberation') || existsSync('/usr/share/fonts/truetype/dejavu'),
  },
];

/** What tests with PostgreSQL need; they start servers of their own. */
export const postgresPackages: readonly DebianPackage[] = [
  { name: 'postgresql', isPresent: () => postgresFolder() !== undefined || findOnPath('postgres') !== undefined },
];

/** What tests of metrics need; they start servers of their own. */
export const prometheusPackages: readonly DebianPackage[] = [withPrograms('prometheus', 'prometheus')];

/** What tests with a container engine need; they start engines of their own. */
export const dockerPackages: readonly DebianPackage[] = [
  withPrograms('docker.io', 'dockerd', 'docker'),
  withPrograms('docker-compose', 'docker-compose'),
  withPrograms('iptables', 'iptables'),
  withPrograms('iproute2', 'ip'),
  withPrograms('util-linux', 'nsenter', 'unshare'),
  withPrograms('socat', 'socat'),
];

/** Small programs that tests call. */
export const toolPackages: readonly DebianPackage[] = [
  withPrograms('procps', 'ps'),
  withPrograms('curl', 'curl'),
  withPrograms('e2fsprogs', 'mkfs.ext4'),
];

/** What benchmarks load a server with, and bind processes to cores. */
export const loadPackages: readonly DebianPackage[] = [
  withPrograms('wrk', 'wrk'),
  withPrograms('util-linux', 'taskset'),
];

/** What the tests of the Python example need: its packages, and what makes code from .proto files. */
export const pythonPackages: readonly DebianPackage[] = [
  { name: 'python3-grpcio', isPresent: () => existsSync('/usr/lib/python3/dist-packages/grpc') },
  withPrograms('protobuf-compiler', 'protoc'),
  withPrograms('protobuf-compiler-grpc', 'grpc_python_plugin'),
];

/** The names of the packages that are not there, sorted, each once. */
export function missingPackages(packages: readonly DebianPackage[]): string[] {
  return [...new Set(packages.filter((one) => !one.isPresent()).map((one) => one.name))].sort();
}
