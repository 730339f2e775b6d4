import type { RequestOptions } from 'node:https';
import { KubeConfig } from '@kubernetes/client-node';
import { MesheryError } from '@meshery/errors';
import type { ExecRunner } from '../kubeconfig/cluster-access.ts';
import type { Credential } from '../kubeconfig/credential.ts';
import { raceAbort } from '../transport/api-server-gate.ts';
import type { ExecPlugin } from '../kubeconfig/kubeconfig-model.ts';

/** Longest time a plugin may take, in ms. */
const execDeadlineMs = 60_000;

/**
 * Runs exec credential plugins through the Kubernetes client. The only entry that loads it (40-60 MB): processes that
 * must stay small never import `@meshery/kube/exec`.
 */
export function createExecRunner(): ExecRunner {
  return async (plugin, user) => {
    const source = new ExecSource(plugin, user);
    const first = await source.options();
    return { cert: pem(first.cert), key: pem(first.key), credential: source };
  };
}

class ExecSource implements Credential {
  readonly #plugin: ExecPlugin;
  readonly #name: string;
  #client: KubeConfig;

  constructor(plugin: ExecPlugin, name: string) {
    this.#plugin = plugin;
    this.#name = name;
    this.#client = clientConfig(plugin, name);
  }

  async options(): Promise<RequestOptions> {
    const options: RequestOptions = { headers: {} };
    const signal = AbortSignal.timeout(execDeadlineMs);
    try {
      await raceAbort(this.#client.applyToHTTPSOptions(options), signal);
    } catch (error) {
      const { command } = this.#plugin;
      throw new MesheryError('meshery-kube-1304', `The exec plugin "${command}" gave no credential.`, {
        probableCause: 'The program is not installed, or its own sign-in has expired.',
        remedy: `Run the command by hand and sign in again: ${command}.`,
        cause: error,
      });
    }
    return options;
  }

  async authorization(): Promise<string | undefined> {
    const headers = (await this.options()).headers as Readonly<Record<string, unknown>> | undefined;
    const value = headers?.['Authorization'];
    return typeof value === 'string' ? value : undefined;
  }

  invalidate(): void {
    this.#client = clientConfig(this.#plugin, this.#name);
  }
}

/** The Kubernetes client runs plugins only as part of a whole configuration; its cluster is never contacted. */
function clientConfig(plugin: ExecPlugin, name: string): KubeConfig {
  const config = new KubeConfig();
  const { apiVersion, command, args, env } = plugin;
  config.loadFromOptions({
    clusters: [{ name, server: 'https://localhost', skipTLSVerify: false }],
    users: [{ name, exec: { apiVersion, command, args: [...args], env: [...env] } }],
    contexts: [{ name, cluster: name, user: name }],
    currentContext: name,
  });
  return config;
}

function pem(value: RequestOptions['cert'] | RequestOptions['key']): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
