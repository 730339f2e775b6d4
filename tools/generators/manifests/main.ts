/** Writes what installs the product in a cluster, for Kustomize and as Helm charts, from one set of objects. */
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { customResourceDefinitions } from '@meshery/contracts/crds';
import { operatorChart, serverChart } from './chart-settings.ts';
import { ChartTemplate } from './chart-template.ts';
import type { KubeObject } from './kube-objects.ts';
import { namespaceObject } from './kube-objects.ts';
import { operatorKustomize, providerKustomize, serverKustomize } from './kustomize-settings.ts';
import { operatorObjects } from './operator.ts';
import { operatorManifestModule } from './operator-manifest.ts';
import { providerObjects } from './remote-provider.ts';
import { serverObjects } from './server.ts';
import { additionPatch, clientCaAddition, grpcAddition, kmsAddition } from './server-additions.ts';
import type { ServerAddition } from './server-additions.ts';
import { writtenByProgram, yamlText } from './yaml-text.ts';

const root = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));
const deploy = join(root, 'deploy');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string };

type Files = Readonly<Record<string, readonly KubeObject[]>>;

const definitionsFile = 'custom-resource-definitions';

/** The conditions under which a file of a chart holds anything. */
const conditions: Readonly<Record<string, string>> = {
  [definitionsFile]: '.Values.crds.install',
  'network-policy': '.Values.networkPolicy.enabled',
  volume: 'and .Values.persistence.enabled (not .Values.persistence.existingClaim)',
  broker: '.Values.broker.enabled',
  meshsync: '.Values.meshsync.enabled',
};

function writeKustomization(name: string, files: Files): void {
  const folder = emptyFolder(join(deploy, 'kustomize', name));
  const resources = Object.keys(files).map((file) => `${file}.yaml`);
  const kustomization = { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources };
  writeFileSync(join(folder, 'kustomization.yaml'), yamlFile([kustomization]));
  for (const [file, objects] of Object.entries(files)) writeFileSync(join(folder, `${file}.yaml`), yamlFile(objects));
}

/** A part of another kustomization that patches the server. */
function writeComponent(name: string, addition: ServerAddition): void {
  const folder = emptyFolder(join(deploy, 'kustomize', name));
  const component = { apiVersion: 'kustomize.config.k8s.io/v1alpha1', kind: 'Component' };
  const patch = additionPatch('meshery', addition);
  const others = Object.entries(addition.others ?? {}).map(([kind, operations]) => ({
    target: { kind, name: 'meshery' },
    patch: yamlText([operations]),
  }));
  const patches = [{ path: 'deployment.yaml' }, ...others];
  writeFileSync(join(folder, 'kustomization.yaml'), yamlFile([{ ...component, patches }]));
  writeFileSync(join(folder, 'deployment.yaml'), yamlFile([patch]));
}

function yamlFile(objects: readonly object[]): string {
  return `# ${writtenByProgram}\n${yamlText(objects)}`;
}

function writeChart(name: string, description: string, files: Files, template: ChartTemplate): void {
  const folder = join(deploy, 'helm', name);
  const chart = { apiVersion: 'v2', name, description, type: 'application', version, appVersion: version };
  writeFileSync(join(folder, 'Chart.yaml'), yamlFile([{ ...chart, kubeVersion: '>=1.29.0-0' }]));
  const templates = emptyFolder(join(folder, 'templates'));
  for (const [file, objects] of Object.entries(files))
    writeFileSync(join(templates, `${file}.yaml`), template.file(objects, conditions[file]));
}

/** A file that is not written any more must not stay; what a person wrote is no YAML. */
function emptyFolder(folder: string): string {
  mkdirSync(folder, { recursive: true });
  for (const file of readdirSync(folder).filter((entry) => entry.endsWith('.yaml'))) rmSync(join(folder, file));
  return folder;
}

/** Helm would delete it with the chart: the volume holds all that users made. */
function kept(object: KubeObject): KubeObject {
  return { ...object, metadata: { ...object.metadata, annotations: { 'helm.sh/resource-policy': 'keep' } } };
}

const definitions = customResourceDefinitions().map((definition): KubeObject => ({ ...definition }));
const namespace = { namespace: [namespaceObject('meshery')] };
const operator = operatorObjects(operatorKustomize(version));
writeKustomization('operator', { ...namespace, [definitionsFile]: definitions, ...operator });
// The operator's namespace ends with the operator, not with the server beside it.
writeKustomization('server', serverObjects(serverKustomize(version)));
writeComponent('server-kms', kmsAddition);
writeComponent('server-client-ca', clientCaAddition);
writeComponent('server-grpc', grpcAddition);
const provider = providerObjects(providerKustomize(version));
writeKustomization('remote-provider', { namespace: [namespaceObject('meshery-provider')], ...provider });
const deployedByServer = join(root, 'apps', 'server', 'src', 'operator-deployment', 'generated');
mkdirSync(deployedByServer, { recursive: true });
writeFileSync(join(deployedByServer, 'operator-manifest.ts'), operatorManifestModule(version));

const operatorTemplate = new ChartTemplate();
const operatorFiles = {
  [definitionsFile]: definitions,
  ...operatorObjects(operatorChart(operatorTemplate)),
};
writeChart('meshery-operator', 'Runs brokers and discovery agents in a cluster', operatorFiles, operatorTemplate);
const serverTemplate = new ChartTemplate();
const { volume = [], ...serverFiles } = serverObjects(serverChart(serverTemplate));
writeChart(
  'meshery',
  'The server with its dashboard, and the bridge from brokers to it',
  { volume: volume.map(kept), ...serverFiles },
  serverTemplate,
);
