import type { ControllerFacts, PartFacts } from './controller-facts.ts';
import type { ControllerStatus } from './controller-status.ts';

/** One finding about the controllers of a connection. */
export interface Diagnostic {
  readonly severity: 'info' | 'warning' | 'error';
  readonly controller?: ControllerStatus['controller'];
  /** For programs, e.g. "broker_unreachable". */
  readonly code: string;
  readonly summary: string;
  readonly description?: string;
  readonly remediation?: readonly string[];
  readonly endpoint?: string;
}

/** The published diagnosis of a connection. */
export interface ConnectionDiagnostics {
  readonly connectionId: string;
  /** False with a warning or an error. */
  readonly healthy: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

/** Says what is wrong with the controllers of a connection, and what to do about it. */
export function diagnose(facts: ControllerFacts): ConnectionDiagnostics {
  const diagnostics = [
    ...clusterFindings(facts),
    ...partFindings(facts),
    ...subscriptionFindings(facts),
    ...discoveryFindings(facts),
  ];
  const healthy = diagnostics.every(({ severity }) => severity === 'info');
  return { connectionId: facts.connectionId, healthy, diagnostics };
}

function clusterFindings({ fault }: ControllerFacts): readonly Diagnostic[] {
  if (fault === undefined) return [];
  const { message, remedy } = fault;
  const summary = 'The cluster could not be asked about operator, MeshSync and broker.';
  return [{ severity: 'error', code: 'kubernetes_unreachable', summary, description: message, remediation: [remedy] }];
}

function partFindings(facts: ControllerFacts): readonly Diagnostic[] {
  const { mode, fault, operator, meshSync, broker } = facts;
  if (fault !== undefined) return [];
  if (mode === 'embedded') return [embedded];
  return [
    ...finding('OPERATOR', operator, 'The operator'),
    ...finding('MESHSYNC', meshSync, 'MeshSync'),
    ...finding('BROKER', broker, 'The broker'),
    ...(broker?.isReady === true && broker.external === '' ? [noEndpoint(broker.internal)] : []),
  ];
}

const embedded: Diagnostic = {
  severity: 'info',
  code: 'embedded_mode',
  summary: 'This server discovers the cluster by itself: operator, MeshSync and broker are not needed.',
};

function finding(
  controller: ControllerStatus['controller'],
  part: PartFacts | undefined,
  name: string,
): readonly Diagnostic[] {
  const code = controller.toLowerCase();
  if (part === undefined) {
    const remediation = ['Install the operator with Helm or kustomize, or switch the connection to embedded mode.'];
    return [{ severity: 'error', controller, code: `${code}_missing`, summary: `${name} is not there.`, remediation }];
  }
  if (part.isReady) return [];
  const what = part.isLeaving ? 'is being removed' : 'is not ready';
  const remediation = [`Look at its conditions and at the pods of its namespace: kubectl describe, kubectl logs.`];
  const description = part.message === '' ? {} : { description: part.message };
  return [
    {
      severity: 'error',
      controller,
      code: `${code}_not_ready`,
      summary: `${name} ${what}.`,
      ...description,
      remediation,
    },
  ];
}

function noEndpoint(internal: string): Diagnostic {
  return {
    severity: 'warning',
    controller: 'BROKER',
    code: 'broker_unreachable',
    summary: 'The broker has no endpoint outside of its cluster.',
    remediation: ['Set spec.service.type of the Broker to NodePort or LoadBalancer, or externalEndpointOverride.'],
    endpoint: internal,
  };
}

function subscriptionFindings({ subscription }: ControllerFacts): readonly Diagnostic[] {
  if (subscription === undefined || subscription.isReached) return [];
  const { code, message, remedy } = subscription;
  return [
    {
      severity: 'error',
      controller: 'BROKER',
      code: 'broker_not_subscribed',
      summary: 'No bridge takes what the broker of the cluster carries.',
      description: `${code}: ${message}`,
      ...(remedy === '' ? {} : { remediation: [remedy] }),
    },
  ];
}

function discoveryFindings({ discovery, mode }: ControllerFacts): readonly Diagnostic[] {
  const controller = mode === 'embedded' ? {} : ({ controller: 'MESHSYNC' } as const);
  const description = discovery.message === '' ? {} : { description: discovery.message };
  if (discovery.state === 'degraded') {
    const summary = 'Some kinds of the cluster cannot be discovered.';
    return [{ severity: 'warning', ...controller, code: 'discovery_degraded', summary, ...description }];
  }
  if (discovery.state !== 'stale' && discovery.state !== 'unreachable') return [];
  const summary = 'Nothing arrives from the cluster: what is known of it grows old.';
  return [{ severity: 'error', ...controller, code: 'discovery_stale', summary, ...description }];
}
