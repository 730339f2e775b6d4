/** How far a kubeconfig is trusted: the user's own file, or one that arrived over the network. */
export type TrustLevel = 'user-file' | 'network';

/** What a network kubeconfig may do nevertheless; everything absent is refused. */
export interface NetworkAllowance {
  /** Commands of exec plugins, exactly as written in the kubeconfig. */
  readonly execCommands?: readonly string[];
  /** Absolute paths of files it may refer to. */
  readonly filePaths?: readonly string[];
}

/** A cluster entry; relative file references are already absolute. */
export interface ClusterEntry {
  readonly name: string;
  readonly server: string;
  readonly caFile: string | undefined;
  readonly caData: string | undefined;
  readonly insecureSkipTlsVerify: boolean;
  readonly tlsServerName: string | undefined;
  readonly proxyUrl: string | undefined;
}

/** An exec credential plugin as the kubeconfig names it. */
export interface ExecPlugin {
  readonly apiVersion: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: readonly { readonly name: string; readonly value: string }[];
}

/** A user entry; relative file references are already absolute. */
export interface UserEntry {
  readonly name: string;
  readonly certFile: string | undefined;
  readonly certData: string | undefined;
  readonly keyFile: string | undefined;
  readonly keyData: string | undefined;
  readonly token: string | undefined;
  readonly tokenFile: string | undefined;
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly exec: ExecPlugin | undefined;
  /** Name of a legacy auth provider; these were removed from Kubernetes in 1.26. */
  readonly authProvider: string | undefined;
}

/** A context entry. */
export interface ContextEntry {
  readonly name: string;
  readonly cluster: string;
  readonly user: string | undefined;
  readonly namespace: string | undefined;
}

/** A merged kubeconfig. */
export interface Kubeconfig {
  readonly clusters: ReadonlyMap<string, ClusterEntry>;
  readonly users: ReadonlyMap<string, UserEntry>;
  readonly contexts: ReadonlyMap<string, ContextEntry>;
  readonly currentContext: string | undefined;
}
