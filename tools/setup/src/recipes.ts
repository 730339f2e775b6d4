/** The programs that tests and local clusters run, and how each is made with the Go toolchain. */
export type BinaryName =
  | 'coredns'
  | 'etcd'
  | 'helm'
  | 'kube-apiserver'
  | 'kube-controller-manager'
  | 'kube-proxy'
  | 'kube-router'
  | 'kube-scheduler'
  | 'kubectl'
  | 'kubelet'
  | 'launcher'
  | 'nats-exporter'
  | 'nats-server'
  | 'nats-server-config-reloader'
  | 'pause'
  | 'probe';

/** Programs that are built by one `go build`, from the Go module in `tools/setup/go/<module>`. */
export interface Recipe {
  /** The folder of the Go module. */
  readonly module: string;
  readonly version: string;
  /** Linker flags beside `-s -w`. */
  readonly linkerFlags: readonly string[];
  /** The Go package of each program. */
  readonly packages: Readonly<Partial<Record<BinaryName, string>>>;
}

/** A program that may be taken from the PATH when it is new enough. */
interface PathRule {
  readonly versionArgs: readonly string[];
  /** The first group is the major, the second the minor version. */
  readonly pattern: RegExp;
  readonly atLeast: readonly [major: number, minor: number];
}

/** The release of Kubernetes that local clusters run. */
export const KUBERNETES_VERSION = 'v1.34.4';

/** The release of CoreDNS that local clusters run. */
export const COREDNS_VERSION = 'v1.14.1';

const kubernetesFlags = ['k8s.io/component-base/version', 'k8s.io/client-go/pkg/version'].flatMap((path) => [
  `-X ${path}.gitVersion=${KUBERNETES_VERSION}`,
  `-X ${path}.gitMajor=1`,
  `-X ${path}.gitMinor=34`,
  `-X ${path}.gitTreeState=clean`,
]);

const HELM_VERSION = 'v3.19.5';

// Without the last two it renders charts for Kubernetes 1.20.
const helmFlags = [
  `-X helm.sh/helm/v3/internal/version.version=${HELM_VERSION}`,
  '-X helm.sh/helm/v3/pkg/chartutil.k8sVersionMajor=1',
  '-X helm.sh/helm/v3/pkg/chartutil.k8sVersionMinor=34',
];

function kubernetes(names: readonly BinaryName[]): Recipe {
  const packages = Object.fromEntries(names.map((name) => [name, `k8s.io/kubernetes/cmd/${name}`]));
  return { module: 'cluster', version: KUBERNETES_VERSION, linkerFlags: kubernetesFlags, packages };
}

/** Every recipe. The control plane and the nodes are apart, so that neither waits for the other's build. */
export const recipes: readonly Recipe[] = [
  kubernetes(['kube-apiserver', 'kube-controller-manager', 'kube-scheduler']),
  kubernetes(['kubelet', 'kube-proxy']),
  kubernetes(['kubectl']),
  { module: 'cluster', version: 'v3.6.16', linkerFlags: [], packages: { etcd: 'go.etcd.io/etcd/server/v3' } },
  {
    module: 'nats-server',
    version: 'v2.15.2',
    linkerFlags: [],
    packages: { 'nats-server': 'github.com/nats-io/nats-server/v2' },
  },
  {
    module: 'nats-config-reloader',
    version: 'v0.23.0',
    linkerFlags: [],
    packages: { 'nats-server-config-reloader': 'github.com/nats-io/nack/cmd/nats-server-config-reloader' },
  },
  { module: 'cluster', version: HELM_VERSION, linkerFlags: helmFlags, packages: { helm: 'helm.sh/helm/v3/cmd/helm' } },
  { module: 'cluster', version: COREDNS_VERSION, linkerFlags: [], packages: { coredns: './coredns' } },
  {
    module: 'cluster',
    version: 'v2.1.0',
    linkerFlags: [],
    packages: { 'kube-router': 'github.com/cloudnativelabs/kube-router/v2/cmd/kube-router' },
  },
  { module: 'nats-exporter', version: 'v1.0.0', linkerFlags: [], packages: { 'nats-exporter': '.' } },
  { module: 'launcher', version: 'v1.1.0', linkerFlags: [], packages: { launcher: '.' } },
  { module: 'pause', version: 'v1.0.0', linkerFlags: [], packages: { pause: '.' } },
  { module: 'probe', version: 'v1.0.0', linkerFlags: [], packages: { probe: '.' } },
];

/** What is taken from the PATH before anything is built. */
export const pathRules: Readonly<Partial<Record<BinaryName, PathRule>>> = {
  helm: { versionArgs: ['version', '--short'], pattern: /v(\d+)\.(\d+)\./, atLeast: [3, 17] },
  kubectl: { versionArgs: ['version', '--client'], pattern: /v(\d+)\.(\d+)\./, atLeast: [1, 28] },
  'nats-server': { versionArgs: ['--version'], pattern: /v(\d+)\.(\d+)\./, atLeast: [2, 11] },
};

/** The recipe that makes a program. */
export function recipeOf(name: BinaryName): Recipe {
  const recipe = recipes.find((candidate) => candidate.packages[name] !== undefined);
  if (recipe === undefined) throw new Error(`no recipe makes ${name}`);
  return recipe;
}
