import { connect } from '@nats-io/transport-node';
import type { NatsConnection } from '@nats-io/transport-node';
import { type KubeObject, httpRequest, waitUntil } from '@meshery/testing';
import { loginOf } from './broker-scene.ts';
import type { Managed } from './two-clusters.ts';

const namespace = '/api/v1/namespaces/meshery';
const brokers = '/apis/meshery.io/v1alpha2/namespaces/meshery/brokers';
const READY_MS = 180_000;

interface Status {
  readonly conditions?: readonly { readonly type: string; readonly status: string; readonly reason: string }[];
  readonly endpoint?: { readonly external?: string };
}

/** A Broker that is open to other clusters by NodePort. */
export class LinkedBroker {
  readonly name: string;
  readonly managed: Managed;

  private constructor(managed: Managed, name: string) {
    this.managed = managed;
    this.name = name;
  }

  static async create(managed: Managed, name: string, clustering: object): Promise<LinkedBroker> {
    const spec = { service: { type: 'NodePort' }, tls: { mode: 'required' }, clustering };
    const object = { apiVersion: 'meshery.io/v1alpha2', kind: 'Broker', metadata: { name }, spec };
    await managed.cluster.admin.create(brokers, object);
    return new LinkedBroker(managed, name);
  }

  async patch(clustering: object): Promise<void> {
    await this.managed.cluster.admin.patch(`${brokers}/${this.name}`, { spec: { clustering } });
  }

  /** Makes the Secret that the links of this Broker name. */
  async trust(name: string, texts: Readonly<Record<string, string>>): Promise<void> {
    await this.managed.cluster.admin.create(`${namespace}/secrets`, { metadata: { name }, stringData: texts });
  }

  async ready(): Promise<void> {
    await this.#condition('Ready', ({ status }) => status === 'True');
  }

  async waitsFor(reason: string): Promise<void> {
    await this.#condition('Ready', (condition) => condition.reason === reason);
  }

  /** HOST:PORT at which others reach a port of its Service. */
  async address(port: 'gateway' | 'leafnodes'): Promise<string> {
    const { endpoint } = await this.#status();
    const { spec } = await this.managed.cluster.admin.json<
      KubeObject & { spec: { ports: readonly { name: string; nodePort: number }[] } }
    >({ path: `${namespace}/services/${this.name}-nats` });
    const nodePort = spec.ports.find(({ name }) => name === port)?.nodePort;
    return `${endpoint?.external?.split(':')[0] ?? ''}:${String(nodePort)}`;
  }

  async secret(suffix: string, key: string): Promise<string> {
    const path = `${namespace}/secrets/${this.name}-nats-${suffix}`;
    const { data } = await this.managed.cluster.admin.json<KubeObject & { data: Record<string, string> }>({ path });
    return Buffer.from(data[key] ?? '', 'base64').toString('utf8');
  }

  /** An answer of the monitor port. */
  async monitor<T>(page: string): Promise<T> {
    const { body } = await httpRequest(`http://${await this.#podAddress()}:8222/${page}`);
    return JSON.parse(body.toString('utf8')) as T;
  }

  /** A client with the rights of an agent or of a bridge. */
  async client(role: 'auth' | 'bridge'): Promise<NatsConnection> {
    const tls = { ca: await this.secret('ca', 'ca.crt'), servername: `${this.name}-nats.meshery.svc` };
    const servers = `${await this.#podAddress()}:4222`;
    return connect({ servers, tls, reconnect: false, timeout: 30_000, ...loginOf(await this.secret(role, 'token')) });
  }

  async #podAddress(): Promise<string> {
    const { status } = await this.managed.cluster.admin.json<KubeObject & { status: { podIP?: string } }>({
      path: `${namespace}/pods/${this.name}-nats-0`,
    });
    return status.podIP ?? '';
  }

  async #status(): Promise<Status> {
    const path = `${brokers}/${this.name}`;
    return (await this.managed.cluster.admin.json<KubeObject & { status?: Status }>({ path })).status ?? {};
  }

  async #condition(
    type: string,
    isWanted: (found: { readonly status: string; readonly reason: string }) => boolean,
  ): Promise<void> {
    let last: Status = {};
    const explain = (): string => JSON.stringify(last.conditions);
    await waitUntil(
      { what: `${type} of Broker ${this.name}`, timeoutMs: READY_MS, everyMs: 500, explain },
      async () => {
        last = await this.#status();
        const found = last.conditions?.find((condition) => condition.type === type);
        return found !== undefined && isWanted(found);
      },
    );
  }
}
