/** What a Broker resource says that a link needs. */
export interface BrokerObject {
  /** "namespace/name". */
  readonly key: string;
  readonly namespace: string;
  readonly resourceVersion: string;
  /** Name of its Service and of its pods' instance label. */
  readonly base: string;
  /** "host:port" as it is reached from within the cluster. */
  readonly internal: string | undefined;
  /** "host:port" as it is reached from elsewhere. */
  readonly external: string | undefined;
  /** Secret with the authority of its certificate; undefined without TLS. */
  readonly caSecret: string | undefined;
}

interface BrokerDocument {
  readonly metadata?: { readonly name?: unknown; readonly namespace?: unknown; readonly resourceVersion?: unknown };
  readonly status?: {
    readonly endpoint?: { readonly internal?: unknown; readonly external?: unknown };
    readonly tls?: { readonly mode?: unknown; readonly caSecret?: unknown };
  };
}

/** Name of the only Broker that published operators know; what belongs to it is not named after it. */
const publishedName = 'meshery-broker';

/** Reads a Broker; undefined when it is none. Members of another type than the schema's count as absent. */
export function readBrokerObject(json: Buffer): BrokerObject | undefined {
  const { metadata, status = {} } = parse(json);
  const { endpoint = {}, tls = {} } = status;
  const [name, namespace] = [text(metadata?.name), text(metadata?.namespace)];
  if (name === undefined || namespace === undefined) return undefined;
  return {
    key: `${namespace}/${name}`,
    namespace,
    resourceVersion: text(metadata?.resourceVersion) ?? '',
    base: name === publishedName ? 'meshery-nats' : `${name}-nats`,
    internal: text(endpoint.internal),
    external: text(endpoint.external),
    caSecret: tls.mode === 'off' ? undefined : text(tls.caSecret),
  };
}

function parse(json: Buffer): BrokerDocument {
  try {
    return (JSON.parse(json.toString('utf8')) as BrokerDocument | null) ?? {};
  } catch {
    return {};
  }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
