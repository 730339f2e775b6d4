/**
 * What differs between two installations. In a chart a value is a placeholder of a template, hence the loose types;
 * undefined leaves the field out.
 */
interface PodSettings {
  readonly namespace: string;
  readonly pullPolicy: string;
  readonly imagePullSecrets: unknown;
  readonly nodeSelector: unknown;
  readonly tolerations: unknown;
  readonly affinity: unknown;
}

/** Settings of the operator. */
export interface OperatorSettings extends PodSettings {
  readonly image: string;
  readonly images: Readonly<Record<'meshsync' | 'nats' | 'reloader' | 'exporter', string>>;
  readonly replicas: number | string;
  readonly resources: unknown;
  readonly metricsPort: number | string;
}

/** One container of the server's pod. */
interface ContainerSettings {
  readonly image: string;
  readonly resources: unknown;
}

/** Settings of the server with its bridge, and of the broker and agent that it asks for. */
export interface ServerSettings extends PodSettings {
  readonly server: ContainerSettings;
  readonly bridge: ContainerSettings;
  /** Of the server's probes. */
  readonly scheme: string;
  /** Environment variables of the server beside the fixed ones: its transport and what a user adds. */
  readonly variables: readonly unknown[];
  /** Volumes beside the fixed ones; one of them is `data`. */
  readonly volumes: readonly unknown[];
  readonly mounts: readonly unknown[];
  /** Containers that are up before the server. */
  readonly before: readonly unknown[];
  readonly claim: { readonly size: string; readonly className: string | undefined };
  readonly service: {
    readonly type: string;
    readonly annotations: string | undefined;
    /** Ports beside the fixed ones. */
    readonly ports: readonly unknown[];
  };
  /** Who else may come in, as rules of the network policy. */
  readonly ingress: readonly unknown[];
  readonly broker: unknown;
  readonly meshSync: unknown;
}
