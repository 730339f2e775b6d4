/** How Pods of a service mesh are told. */
export interface MeshSigns {
  /** Published name of the mesh. */
  readonly type: string;
  /** Labels of Pods of its control plane, `key` or `key=value`. */
  readonly controlLabels: readonly string[];
  /** Containers that only its control plane has. */
  readonly controlContainers: readonly string[];
  /** Containers that are its proxies. */
  readonly proxies: readonly string[];
  /** What a Pod must have beside a proxy whose name others use too: a label, or this in the image. */
  readonly proxyLabel?: string;
  readonly proxyImage?: string;
  /** Namespaces where its addons are, beside those of its control plane. */
  readonly addonNamespaces: readonly string[];
}

const none = { controlLabels: [], controlContainers: [], addonNamespaces: [] } as const;

/** What each mesh leaves in a cluster; the others that clients can name are told by nothing. */
export const meshCatalogue: readonly MeshSigns[] = [
  {
    ...{ ...none, type: 'ISTIO', proxies: ['istio-proxy'] },
    controlLabels: ['app=istiod', 'istio=ingressgateway', 'istio=egressgateway'],
  },
  {
    ...{ ...none, type: 'LINKERD', proxies: ['linkerd-proxy'] },
    controlLabels: ['linkerd.io/control-plane-component'],
    addonNamespaces: ['linkerd-viz', 'linkerd-jaeger'],
  },
  {
    ...{ ...none, type: 'CONSUL', proxies: ['consul-dataplane', 'envoy-sidecar'] },
    controlContainers: ['consul'],
    controlLabels: ['component=connect-injector'],
  },
  { ...{ ...none, type: 'KUMA', proxies: ['kuma-sidecar'] }, controlLabels: ['app=kuma-control-plane'] },
  {
    ...{ ...none, type: 'APP_MESH', proxies: ['envoy'], proxyImage: 'aws-appmesh-envoy' },
    controlLabels: ['app.kubernetes.io/name=appmesh-controller'],
  },
  {
    ...{ ...none, type: 'OPEN_SERVICE_MESH', proxies: ['envoy'], proxyLabel: 'osm-proxy-uuid' },
    controlLabels: ['app=osm-controller', 'app=osm-injector', 'app=osm-bootstrap'],
  },
  { ...none, type: 'TRAEFIK_MESH', proxies: ['traefik-mesh-proxy'], controlContainers: ['traefik-mesh-controller'] },
  {
    ...{ ...none, type: 'NGINX_SERVICE_MESH', proxies: ['nginx-mesh-sidecar'] },
    controlContainers: ['nginx-mesh-controller'],
  },
  { ...none, type: 'CILIUM_SERVICE_MESH', proxies: ['cilium-envoy'], controlContainers: ['cilium-operator'] },
  { ...none, type: 'NETWORK_SERVICE_MESH', proxies: ['cmd-nsc'], controlContainers: ['nsmgr'] },
  { ...none, type: 'CITRIX_SERVICE_MESH', proxies: ['cpx-proxy'] },
];

/** Services that show what a mesh does. */
export const addonNames: ReadonlySet<string> = new Set([
  ...['grafana', 'prometheus', 'kiali', 'jaeger', 'jaeger-collector', 'tracing', 'zipkin', 'loki'],
  ...['web', 'tap', 'metrics-api'],
]);
