import { readFileSync } from 'node:fs';
import type { KubeAdmin } from '@meshery/testing';

const crd = new URL('../../../../deploy/crds/meshery.io_brokers.yaml', import.meta.url);
const crds = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';

/** Makes the API server know Brokers; `kind served` can be awaited with `servesBrokers`. */
export async function installBrokerKind(admin: KubeAdmin): Promise<void> {
  const body = readFileSync(crd);
  await admin.json({ method: 'POST', path: crds, body, contentType: 'application/yaml' });
}

/** Uid of namespace kube-system. */
export async function clusterIdOf(admin: KubeAdmin): Promise<string> {
  return (await admin.json({ path: '/api/v1/namespaces/kube-system' })).metadata.uid;
}

/** What an operator writes about a broker, one namespace for each. */
export class BrokerResource {
  readonly namespace: string;
  readonly name: string;
  readonly #admin: KubeAdmin;

  constructor(admin: KubeAdmin, namespace: string, name = 'meshery-broker') {
    this.#admin = admin;
    this.namespace = namespace;
    this.name = name;
  }

  /** Makes namespace and Broker, without a status. */
  async create(): Promise<void> {
    await this.#admin.create('/api/v1/namespaces', { metadata: { name: this.namespace } });
    const metadata = { name: this.name, namespace: this.namespace };
    const broker = { apiVersion: 'meshery.io/v1alpha2', kind: 'Broker', metadata, spec: { size: 1 } };
    await this.#admin.create(this.#collection, broker);
  }

  async setStatus(status: object): Promise<void> {
    await this.#admin.patch(`${this.#collection}/${this.name}/status`, { status });
  }

  /** Creates the Secret, or changes these keys of it. */
  async setSecret(name: string, stringData: Readonly<Record<string, string>>): Promise<void> {
    const path = `${this.#secrets}/${name}`;
    if ((await this.#admin.send({ path })).status === 200) await this.#admin.patch(path, { stringData });
    else await this.#admin.create(this.#secrets, { metadata: { name }, stringData });
  }

  async deleteSecret(name: string): Promise<void> {
    await this.#admin.delete(`${this.#secrets}/${name}`);
  }

  async delete(): Promise<void> {
    await this.#admin.delete(`${this.#collection}/${this.name}`);
  }

  get #collection(): string {
    return `/apis/meshery.io/v1alpha2/namespaces/${this.namespace}/brokers`;
  }

  get #secrets(): string {
    return `/api/v1/namespaces/${this.namespace}/secrets`;
  }
}
