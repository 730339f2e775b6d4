import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { type Part, chart, chartName, kustomization, resolveBinary, runCommand } from '@meshery/testing';
import { parseAllDocuments } from 'yaml';

export { chart, chartName, kustomization, type Part };

/** An object as it was rendered. */
export interface Rendered {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly annotations?: object };
  readonly spec?: { readonly template?: { readonly metadata: object; readonly spec: PodTemplate } };
}

/** What is looked at of a pod. */
export interface PodTemplate {
  readonly initContainers?: readonly ContainerTemplate[];
  readonly containers: readonly ContainerTemplate[];
  readonly [field: string]: unknown;
}

/** What is looked at of a container. */
export interface ContainerTemplate {
  readonly name: string;
  readonly image: string;
  readonly env?: readonly { readonly name: string; readonly value?: string }[];
  readonly resources?: { readonly limits?: { readonly memory?: string } };
}

/** What Kustomize makes of a part, by kind and name. */
export async function kustomized(part: Part | 'remote-provider'): Promise<Map<string, Rendered>> {
  return byPlace(await runCommand('kubectl', ['kustomize', kustomization(part)]));
}

/** What Kustomize makes of a part with components, by kind and name. */
export async function kustomizedWith(part: Part, ...components: readonly string[]): Promise<Map<string, Rendered>> {
  const folder = await mkdtemp(join(tmpdir(), 'meshery-kustomization-'));
  try {
    const base = relative(folder, dirname(kustomization(part)));
    const lines = [
      'resources:',
      `  - ${base}/${part}`,
      'components:',
      ...components.map((name) => `  - ${base}/${name}`),
    ];
    await writeFile(join(folder, 'kustomization.yaml'), lines.join('\n'));
    return byPlace(await runCommand('kubectl', ['kustomize', folder]));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What Helm makes of it, by kind and name. */
export async function templated(part: Part, ...settings: readonly string[]): Promise<Map<string, Rendered>> {
  const values = settings.flatMap((setting) => ['--set', setting]);
  const args = ['template', chartName(part), chart(part), '--namespace', 'meshery', ...values];
  return byPlace(await runCommand(await resolveBinary('helm'), args));
}

function byPlace(text: string): Map<string, Rendered> {
  const objects = parseAllDocuments(text, { version: '1.1' }).map((document) => document.toJS() as Rendered | null);
  return new Map(objects.flatMap((object) => (object === null ? [] : [[placeOf(object), object]])));
}

function placeOf({ kind, metadata: { name, namespace } }: Rendered): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}

/** The pod that a Deployment would make. */
export function podOf(deployment: Rendered): object {
  const { metadata, spec } = deployment.spec?.template ?? { metadata: {}, spec: undefined };
  const place = { namespace: deployment.metadata.namespace, name: deployment.metadata.name };
  return { apiVersion: 'v1', kind: 'Pod', metadata: { ...metadata, ...place }, spec };
}

/** All containers of all Deployments. */
export function containersOf(objects: ReadonlyMap<string, Rendered>): ContainerTemplate[] {
  const pods = [...objects.values()].flatMap(({ spec }) => spec?.template?.spec ?? []);
  return pods.flatMap(({ initContainers = [], containers }) => [...initContainers, ...containers]);
}

/** The same with its lists and fields in an order that says nothing: patches add to lists at their beginning. */
export function inAnyOrder(value: unknown): unknown {
  const textOf = (item: unknown): string => JSON.stringify(item);
  if (Array.isArray(value)) return value.map(inAnyOrder).sort((one, other) => (textOf(one) < textOf(other) ? -1 : 1));
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(fields.map(([key, item]) => [key, inAnyOrder(item)]));
}
