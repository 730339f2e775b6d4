import { addonNames, meshCatalogue } from './mesh-catalogue.ts';
import type { MeshSigns } from './mesh-catalogue.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A proxy, as published clients read a container. */
export interface MeshContainer {
  readonly controlPlaneMemberName: string;
  readonly containerName: string;
  readonly image: string;
  readonly status: object | undefined;
  readonly ports: readonly object[];
  readonly resources: unknown;
}

/** A Pod of a control plane, with the proxies in it. */
export interface MeshMember {
  readonly name: string;
  readonly component: string;
  readonly version: string;
  readonly namespace: string;
  readonly data_planes: readonly MeshContainer[];
}

/** What belongs to one mesh. */
export interface MeshFound<Item> {
  readonly mesh: string;
  readonly item: Item;
}

/** What a Pod is to the meshes. */
export interface MeshPod {
  readonly members: readonly MeshFound<MeshMember>[];
  readonly proxies: readonly MeshFound<MeshContainer>[];
}

const signs = meshCatalogue.flatMap(({ controlLabels, controlContainers, proxies }) => [
  ...controlLabels.map((label) => `"${label.split('=').at(-1) ?? ''}"`),
  ...[...controlContainers, ...proxies].map((name) => `"${name}"`),
]);
/** A text without any of them is of no mesh, which is told without reading it. */
const anySign = new RegExp(signs.map((sign) => sign.replaceAll('.', '\\.')).join('|'));

/** Reads a Pod; undefined when it has nothing to do with a mesh. */
export function meshPodOf(json: string): MeshPod | undefined {
  if (!anySign.test(json)) return undefined;
  const pod = JSON.parse(json) as Fields;
  const containers = containersOf(pod);
  const members: MeshFound<MeshMember>[] = [];
  const proxies: MeshFound<MeshContainer>[] = [];
  for (const mesh of meshCatalogue) {
    const own = containers.filter((container) => isProxy(mesh, pod, container));
    for (const item of own) proxies.push({ mesh: mesh.type, item });
    if (isControl(mesh, pod, containers)) members.push({ mesh: mesh.type, item: memberOf(pod, containers, own) });
  }
  return members.length + proxies.length === 0 ? undefined : { members, proxies };
}

/** The meshes whose addon a Service is, by where their control planes are. */
export function meshesOfAddon(
  service: { readonly name: string; readonly namespace: string },
  controlNamespaces: ReadonlyMap<string, ReadonlySet<string>>,
): readonly string[] {
  const { name, namespace } = service;
  if (!addonNames.has(name)) return [];
  return meshCatalogue.flatMap(({ type, addonNamespaces }) => {
    const isThere = controlNamespaces.get(type)?.has(namespace) === true || addonNamespaces.includes(namespace);
    return isThere ? [type] : [];
  });
}

function isControl(mesh: MeshSigns, pod: Fields, containers: readonly MeshContainer[]): boolean {
  const { controlContainers, controlLabels } = mesh;
  if (controlLabels.some((label) => hasLabel(pod, label))) return true;
  return containers.some(({ containerName }) => controlContainers.includes(containerName));
}

function isProxy(mesh: MeshSigns, pod: Fields, { containerName, image }: MeshContainer): boolean {
  const { proxies, proxyImage = '', proxyLabel } = mesh;
  if (!proxies.includes(containerName) || !image.includes(proxyImage)) return false;
  return proxyLabel === undefined || hasLabel(pod, proxyLabel);
}

function hasLabel(pod: Fields, label: string): boolean {
  const [key = '', value] = label.split('=');
  const found = fieldsOf(fieldsOf(pod.metadata).labels)[key];
  return found !== undefined && (value === undefined || found === value);
}

function memberOf(pod: Fields, containers: readonly MeshContainer[], own: readonly MeshContainer[]): MeshMember {
  const { name, namespace, labels } = fieldsOf(pod.metadata);
  const known = fieldsOf(labels);
  const component = known['linkerd.io/control-plane-component'] ?? known['app.kubernetes.io/name'] ?? known.app ?? name;
  // The proxy beside it is of the data plane, and may be of another version.
  const main = containers.find((container) => !own.includes(container)) ?? containers[0];
  return {
    name: textOf(name),
    component: textOf(component),
    version: versionOf(main?.image ?? ''),
    namespace: textOf(namespace),
    data_planes: own,
  };
}

/** The tag of an image; empty for one that is named by its digest alone. */
function versionOf(image: string): string {
  const name = (image.split('@', 1)[0] ?? '').split('/').at(-1) ?? '';
  return name.split(':')[1] ?? '';
}

/** Proxies may be init containers that stay. */
function containersOf(pod: Fields): readonly MeshContainer[] {
  const { name } = fieldsOf(pod.metadata);
  const [spec, status] = [fieldsOf(pod.spec), fieldsOf(pod.status)];
  const statuses = [...listOf(status.containerStatuses), ...listOf(status.initContainerStatuses)];
  return [...listOf(spec.containers), ...listOf(spec.initContainers)].map((container) => ({
    controlPlaneMemberName: textOf(name),
    containerName: textOf(container.name),
    image: textOf(container.image),
    status: statusOf(statuses.find((each) => each.name === container.name)),
    ports: listOf(container.ports).map((port) => ({
      name: textOf(port.name),
      containerPort: Number(port.containerPort),
      protocol: typeof port.protocol === 'string' ? port.protocol : 'TCP',
    })),
    resources: container.resources,
  }));
}

function statusOf(status: Fields | undefined): object | undefined {
  if (status === undefined) return undefined;
  const { name, image, state, lastState, ready, restartCount, started, imageID, containerID } = status;
  return {
    ...{ containerStatusName: textOf(name), image: textOf(image), state, lastState, restartCount },
    ...{ ready: ready === true, started: started === true },
    ...{ imageID: textOf(imageID), containerID: textOf(containerID) },
  };
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function listOf(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.map(fieldsOf) : [];
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
