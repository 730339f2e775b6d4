/** The adapters that there are, and the port that each listens on. */
const ports = {
  'meshery-istio': 10000,
  'meshery-linkerd': 10001,
  'meshery-consul': 10002,
  'meshery-nsm': 10004,
  'meshery-app-mesh': 10005,
  'meshery-traefik-mesh': 10006,
  'meshery-kuma': 10007,
  'meshery-nginx-sm': 10010,
  'meshery-cilium': 10012,
  'meshery-nighthawk': 10013,
} as const satisfies Readonly<Record<string, number>>;

/** Namespace that adapters are deployed into. */
export const adapterNamespace = 'meshery';

/** An adapter that can be deployed. */
export interface CataloguedAdapter {
  readonly name: string;
  readonly port: number;
}

export const adapterCatalogue: readonly CataloguedAdapter[] = Object.entries(ports).map(([name, port]) => ({
  name,
  port,
}));

/** The names of service meshes in published lists, without the one for "none of them". */
export const meshTypes: readonly string[] = [
  'App Mesh',
  'Citrix Service Mesh',
  'Consul',
  'Istio',
  'Kuma',
  'Linkerd',
  'Traefik Mesh',
  'Octarine',
  'Network Service Mesh',
  'Tanzu',
  'Open Service Mesh',
  'Nginx Service Mesh',
  'Cilium Service Mesh',
];

/** Name of a deployed adapter inside of its cluster. */
export function deployedHost(name: string): string {
  return `${name}.${adapterNamespace}`;
}

/** Where a deployed adapter is reached from inside of its cluster. */
export function deployedLocation({ name, port }: CataloguedAdapter): string {
  return `${deployedHost(name)}:${String(port)}`;
}

/** True for a name that this server gives to adapters which it deploys. */
export function isDeployedHost(host: string): boolean {
  return adapterCatalogue.some(({ name }) => deployedHost(name) === host);
}
