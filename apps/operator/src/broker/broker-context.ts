import type { BrokerSpec, BrokerStatus } from '@meshery/contracts/crds';
import { controllerReference } from '@meshery/kube/reconcile';
import type { Judgement, WantedObject } from '@meshery/kube/reconcile';
import { managedBy } from '../cluster/owned-objects.ts';
import type { ObjectBody } from '../cluster/owned-objects.ts';
import type { Broker } from '../cluster/kinds.ts';
import type { ProbeResult } from '../probe/probe-result.ts';
import { brokerNames, brokerSelector } from './broker-names.ts';
import type { BrokerNames } from './broker-names.ts';
import type { CredentialBook } from './credentials.ts';
import type { BrokerLinks, NatsConfig, TlsMode } from './nats-config.ts';
import type { NatsImage } from './nats-versions.ts';

/** What the steps of one reconcile of a Broker find out for each other, and for the status. */
export interface BrokerContext {
  readonly broker: Broker;
  readonly spec: BrokerSpec;
  readonly names: BrokerNames;
  readonly tls: TlsMode;
  readonly size: number;
  readonly conditions: Judgement[];
  clusterId?: string | undefined;
  nats?: NatsImage | undefined;
  book?: CredentialBook | undefined;
  /** PEM; undefined where everybody knows the authority. */
  caCert?: string | undefined;
  /** For the status, once the certificates are there. */
  encryption?: BrokerStatus['tls'];
  /** How this broker gets into others, once that is known. */
  links?: BrokerLinks | undefined;
  config?: NatsConfig | undefined;
  readyServers?: number | undefined;
  internal?: string | undefined;
  external?: string | undefined;
  probe?: ProbeResult | undefined;
}

/** Nothing known yet but what the object says. A published Broker has no `tls`: clients of then know none. */
export function brokerContext(broker: Broker): BrokerContext {
  const spec = broker.spec ?? {};
  return {
    broker,
    spec,
    names: brokerNames(broker.metadata),
    tls: spec.tls?.mode ?? 'optional',
    size: spec.size ?? 1,
    conditions: [],
  };
}

/** An object in the Broker's namespace that is deleted with it. */
export function ownedBy(context: BrokerContext, name: string, rest: ObjectBody): WantedObject {
  const { broker, names } = context;
  const labels = { ...brokerSelector(names), ...managedBy, 'app.kubernetes.io/part-of': 'meshery' };
  const metadata = { name, namespace: names.namespace, labels, ownerReferences: [controllerReference(broker)] };
  return { ...rest, metadata };
}

/** A Secret in the Broker's namespace that is deleted with it. */
export function ownedSecret(
  context: BrokerContext,
  name: string,
  texts: Readonly<Record<string, string>>,
): WantedObject {
  const data = Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, encode(text)]));
  return ownedBy(context, name, { apiVersion: 'v1', kind: 'Secret', type: 'Opaque', data });
}

/** One text of a Secret. */
export function secretText(
  secret: { readonly data?: Readonly<Record<string, string>> } | undefined,
  key: string,
): string | undefined {
  const text = secret?.data?.[key];
  return text === undefined ? undefined : Buffer.from(text, 'base64').toString('utf8');
}

function encode(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}
