/** An object of Kubernetes, as the API takes it. */
export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>> | string | undefined;
  };
  readonly [field: string]: unknown;
}

/** One environment variable of a container. */
export interface EnvVar {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: object;
}

/** User and group that every container runs as. */
const nonRoot = 65_532;

/** What Pod Security `restricted` asks of a pod, and more. */
export const podSecurity = {
  runAsNonRoot: true,
  runAsUser: nonRoot,
  runAsGroup: nonRoot,
  fsGroup: nonRoot,
  fsGroupChangePolicy: 'OnRootMismatch',
  seccompProfile: { type: 'RuntimeDefault' },
};

/** What it asks of a container; the root file system cannot be written to. */
export const containerSecurity = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
};

/** Labels of everything that belongs to one component. */
export function labelsOf(name: string): Record<string, string> {
  return { 'app.kubernetes.io/name': name, 'app.kubernetes.io/part-of': 'meshery' };
}

/** What selects the pods of a component; it can never change. */
export function selectorOf(name: string): Record<string, string> {
  return { 'app.kubernetes.io/name': name };
}

/** An environment variable with the name or the namespace of the pod. */
export function fromPod(name: string, field: 'name' | 'namespace'): EnvVar {
  return fieldOfPod(name, `metadata.${field}`);
}

/** Where other pods reach the pod. */
export function addressOfPod(name: string): EnvVar {
  return fieldOfPod(name, 'status.podIP');
}

function fieldOfPod(name: string, fieldPath: string): EnvVar {
  return { name, valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath } } };
}

/** A probe by HTTP. */
export function httpProbe(path: string, port: string, timing: Readonly<Record<string, number>>): object {
  return { httpGet: { path, port }, timeoutSeconds: 5, ...timing };
}

/** A ServiceAccount whose token only those pods get that ask for it. */
export function serviceAccount(name: string, namespace: string): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name, namespace, labels: labelsOf(name) },
    automountServiceAccountToken: false,
  };
}

/** The namespace, which admits only pods of the restricted profile. */
export function namespaceObject(name: string): KubeObject {
  const labels = {
    'app.kubernetes.io/part-of': 'meshery',
    'pod-security.kubernetes.io/enforce': 'restricted',
    'pod-security.kubernetes.io/audit': 'restricted',
    'pod-security.kubernetes.io/warn': 'restricted',
  };
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } };
}
