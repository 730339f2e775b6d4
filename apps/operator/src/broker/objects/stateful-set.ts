import type { WantedObject } from '@meshery/kube/reconcile';
import { containerSecurity, podSecurity, pullPolicy, resourcesOf } from '../../cluster/pod-parts.ts';
import type { Images } from '../../cluster/images.ts';
import { brokerSelector } from '../broker-names.ts';
import { ownedBy } from '../broker-context.ts';
import type { BrokerContext } from '../broker-context.ts';
import { authorityFiles, natsPaths, natsPorts } from '../nats-config.ts';
import { isClustered } from './services.ts';

const defaultResources = { requests: { cpu: '100m', memory: '64Mi' }, limits: { cpu: '1', memory: '256Mi' } };
const helperResources = { requests: { cpu: '10m', memory: '16Mi' }, limits: { cpu: '100m', memory: '64Mi' } };
const pidFolder = natsPaths.pid.replace(/\/[^/]+$/, '');
const defaultVolumeSize = '2Gi';

/** The servers. What needs a restart of them changes the pod template; users and certificates do not. */
export function statefulSet(context: BrokerContext, images: Images): WantedObject {
  const { names, spec, size, config } = context;
  const selector = brokerSelector(names);
  const template = {
    metadata: {
      labels: { ...selector, 'app.kubernetes.io/part-of': 'meshery' },
      annotations: { 'meshery.io/restart': config?.restartHash ?? '' },
    },
    spec: podSpec(context, images),
  };
  const className = spec.storage?.className;
  return ownedBy(context, names.base, {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    spec: {
      replicas: size,
      serviceName: names.headless,
      podManagementPolicy: 'Parallel',
      selector: { matchLabels: selector },
      template,
      ...(className === undefined ? {} : { volumeClaimTemplates: [claim(className, spec.storage?.size)] }),
    },
  });
}

function claim(className: string, size: string | number | undefined) {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'data' },
    spec: {
      accessModes: ['ReadWriteOnce'],
      storageClassName: className,
      resources: { requests: { storage: String(size ?? defaultVolumeSize) } },
    },
  };
}

function podSpec(context: BrokerContext, images: Images) {
  const { spec, names } = context;
  const { nodeSelector, tolerations, image } = spec;
  return {
    automountServiceAccountToken: false,
    // The reloader sends a signal to the server.
    shareProcessNamespace: true,
    securityContext: podSecurity,
    terminationGracePeriodSeconds: isClustered(context) ? 60 : 15,
    ...(nodeSelector === undefined ? {} : { nodeSelector }),
    ...(tolerations === undefined ? {} : { tolerations }),
    ...(image?.pullSecrets === undefined ? {} : { imagePullSecrets: image.pullSecrets.map((name) => ({ name })) }),
    affinity: {
      podAntiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          {
            weight: 100,
            podAffinityTerm: {
              topologyKey: 'kubernetes.io/hostname',
              labelSelector: { matchLabels: brokerSelector(names) },
            },
          },
        ],
      },
    },
    containers: [
      server(context, images),
      reloader(context, images),
      ...(spec.exporter?.enabled === true ? [exporter(images)] : []),
    ],
    volumes: volumes(context),
  };
}

function server(context: BrokerContext, images: Images) {
  const { spec, nats } = context;
  const image = nats?.image ?? images.nats;
  const clustered = isClustered(context);
  const ports = [
    { name: 'nats', containerPort: natsPorts.client },
    { name: 'monitor', containerPort: natsPorts.monitor },
    ...(clustered ? [{ name: 'cluster', containerPort: natsPorts.cluster }] : []),
    ...(spec.clustering?.leafNodes?.accept === true ? [{ name: 'leafnodes', containerPort: natsPorts.leaf }] : []),
    ...(spec.clustering?.gateways === undefined ? [] : [{ name: 'gateway', containerPort: natsPorts.gateway }]),
  ];
  return {
    name: 'nats',
    image,
    imagePullPolicy: pullPolicy(image, spec.image?.pullPolicy),
    args: ['--config', `${natsPaths.config}/nats.conf`],
    env: [{ name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }],
    ports: ports.map((port) => ({ ...port, protocol: 'TCP' })),
    resources: resourcesOf(spec.resources, defaultResources),
    securityContext: containerSecurity,
    ...probes(),
    // Clients are asked to go to another server first, where there is one.
    ...(clustered
      ? { lifecycle: { preStop: { exec: { command: ['nats-server', `--signal=ldm=${natsPaths.pid}`] } } } }
      : {}),
    volumeMounts: [
      { name: 'config', mountPath: natsPaths.config },
      { name: 'pid', mountPath: pidFolder },
      { name: 'data', mountPath: natsPaths.data },
      ...certificateMounts(context),
    ],
  };
}

function probes() {
  const ask = (path: string) => ({ httpGet: { path, port: 'monitor' }, timeoutSeconds: 5 });
  return {
    startupProbe: { ...ask('/healthz'), periodSeconds: 2, failureThreshold: 90 },
    readinessProbe: { ...ask('/healthz?js-server-only=true'), periodSeconds: 5, failureThreshold: 3 },
    livenessProbe: { ...ask('/healthz?js-enabled-only=true'), periodSeconds: 30, failureThreshold: 3 },
  };
}

function reloader(context: BrokerContext, images: Images) {
  const folders = certificateFolders(context).map(({ mountPath }) => mountPath);
  const files = [
    ...configFiles(context).map((file) => `${natsPaths.config}/${file}`),
    ...folders.map((folder) => `${folder}/tls.crt`),
  ];
  return {
    name: 'reloader',
    image: images.reloader,
    imagePullPolicy: pullPolicy(images.reloader, undefined),
    args: ['-pid', natsPaths.pid, ...files.flatMap((file) => ['-config', file])],
    resources: helperResources,
    securityContext: containerSecurity,
    volumeMounts: [
      { name: 'config', mountPath: natsPaths.config },
      { name: 'pid', mountPath: pidFolder },
      ...certificateMounts(context),
    ],
  };
}

function exporter(images: Images) {
  return {
    name: 'exporter',
    image: images.exporter,
    imagePullPolicy: pullPolicy(images.exporter, undefined),
    args: [
      `-port=${String(natsPorts.exporter)}`,
      '-connz',
      '-routez',
      '-subz',
      '-varz',
      '-jsz=all',
      '-prefix=nats',
      '-use_internal_server_id',
      `http://localhost:${String(natsPorts.monitor)}/`,
    ],
    ports: [{ name: 'metrics', containerPort: natsPorts.exporter, protocol: 'TCP' }],
    resources: helperResources,
    securityContext: containerSecurity,
  };
}

function certificateMounts(context: BrokerContext) {
  return certificateFolders(context).map(({ name, mountPath }) => ({ name, mountPath, readOnly: true }));
}

function certificateFolders(context: BrokerContext) {
  const { names, tls } = context;
  if (tls === 'off') return [];
  return [
    { name: 'tls', mountPath: natsPaths.tls, secretName: names.tls },
    ...(isClustered(context) ? [{ name: 'routes', mountPath: natsPaths.routes, secretName: names.routes }] : []),
  ];
}

function configFiles({ links = {} }: BrokerContext): readonly string[] {
  return [
    'nats.conf',
    ...(links.leafAuthority === undefined ? [] : [authorityFiles.leaf]),
    ...(links.gatewayAuthority === undefined ? [] : [authorityFiles.gateway]),
  ];
}

function volumes(context: BrokerContext) {
  const { names, spec } = context;
  const items = configFiles(context).map((file) => ({ key: file, path: file }));
  const size = String(spec.storage?.size ?? defaultVolumeSize);
  return [
    { name: 'config', secret: { secretName: names.config, items } },
    { name: 'pid', emptyDir: {} },
    ...certificateFolders(context).map(({ name, secretName }) => ({ name, secret: { secretName } })),
    ...(spec.storage?.className === undefined ? [{ name: 'data', emptyDir: { sizeLimit: size } }] : []),
  ];
}
