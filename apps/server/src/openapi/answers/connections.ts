import { connectionStatus } from '@meshery/object-model';
import type { Connection, Credential, StatusChange } from '@meshery/object-model';
import { z } from 'zod';
import { asSpelled, named, pageOf } from '../description.ts';
import { environment } from './content.ts';
import { describedFields, free, id, ownedFields, time } from './fields.ts';

const texts = z.array(z.string());
const deletedAt = z.null();
/** The life of a kind: for each status what may follow. */
export const transitionMap = z.partialRecord(
  connectionStatus,
  z.array(z.object({ nextState: connectionStatus, description: z.string() })),
);
/** A connection in a list; how it came in is not answered. */
const connectionFields = z.object({
  ...describedFields,
  kind: z.string(),
  type: z.string(),
  subType: z.string(),
  status: connectionStatus,
  url: z.string(),
  credentialId: z.exactOptional(id.nullable()),
  styles: free,
  contextId: z.exactOptional(z.string()),
  controllersConfig: z.exactOptional(free),
  schemaVersion: z.string(),
  userId: z.string(),
  deletedAt,
}) satisfies z.ZodType<Omit<Connection, 'origin'>>;

/** See `Connection`. */
export const connection = named('Connection', connectionFields);
/** The same with what may happen to it next. */
export const wholeConnection = asSpelled(
  'WholeConnection',
  z.intersection(
    connection.schema,
    z.object({
      modelReference: free,
      model_reference: free,
      transitionMap,
      connectionSchema: free,
      connection_schema: free,
      credentialSchema: free.nullable(),
      credential_schema: free.nullable(),
      environments: z.exactOptional(z.array(environment.schema)),
    }),
  ),
);
/** Connections with how many have each status. */
export const connectionPage = pageOf('connections', connection, {
  statusSummary: z.record(z.string(), z.int().min(0)),
});
/** Connections of an environment. */
export const assignedPage = asSpelled('AssignedConnectionPage', pageOf('connections', connection).schema);

/** See `StatusChange`. */
export const history = asSpelled(
  'ConnectionHistory',
  z.object({
    history: z.array(
      z.object({
        connectionId: id,
        position: z.int(),
        from: z.exactOptional(connectionStatus.nullable()),
        to: connectionStatus,
        by: z.string(),
        why: z.string(),
        isDone: z.boolean(),
        at: time,
      }) satisfies z.ZodType<StatusChange>,
    ),
  }),
);

/** What the far side says it is. */
export const probe = asSpelled('Probe', z.object({ version: z.string() }));

/** What a synthetic check found. */
export const check = named(
  'Check',
  z.object({
    result: z.enum(['ok', 'failed']),
    time,
    latencyMs: z.int().min(0),
    code: z.exactOptional(z.string()),
    message: z.exactOptional(z.string()),
    remedy: z.exactOptional(z.string()),
    details: z.exactOptional(free),
  }),
);

/** See `Credential`; without its secret. */
export const credential = named(
  'Credential',
  z.object({
    ...ownedFields,
    name: z.string(),
    type: z.string(),
    userId: z.string(),
    deletedAt,
  }) satisfies z.ZodType<Credential>,
);

/** A Kubernetes context. */
export const context = named(
  'KubernetesContext',
  z.looseObject({
    id: z.string(),
    name: z.string(),
    server: z.string(),
    version: z.string(),
    reachable: z.boolean(),
    kubernetesServerId: z.string(),
    deploymentType: z.string(),
    meshsyncDeploymentMode: z.string(),
    connectionId: z.string(),
  }),
);
/** Contexts, page by page. */
export const contextPage = pageOf('contexts', context);
/** What became of the contexts of an upload. */
export const imported = asSpelled(
  'ContextImport',
  z.object({
    registeredContexts: z.array(context.schema),
    connectedContexts: z.array(context.schema),
    ignoredContexts: z.array(context.schema),
    erroredContexts: z.array(context.schema),
  }),
);
/** The contexts of an upload. */
export const contexts = asSpelled('KubernetesContexts', z.array(context.schema));
/** The form that a kubeconfig comes in. */
export const kubeconfigForm = asSpelled(
  'KubeconfigUpload',
  z.object({
    k8sfile: z.string(),
    contexts: z.string().optional(),
    selectedContexts: z.string().optional(),
    contextName: z.string().optional(),
    meshsync_deployment_mode: z.enum(['operator', 'embedded']).optional(),
  }),
);

/** State of one controller. */
export const controllerStatus = named(
  'ControllerStatus',
  z.object({
    connectionId: id,
    controller: z.enum(['OPERATOR', 'MESHSYNC', 'BROKER']),
    status: z.string(),
    version: z.string(),
  }),
);
/** State of MeshSync or of a broker in words. */
export const controllerInfo = named(
  'ControllerInfo',
  z.object({ connectionId: id, name: z.string(), status: z.string(), version: z.string() }),
);
/** What is wrong with the controllers of a connection. */
export const diagnosis = named(
  'Diagnosis',
  z.object({
    connectionId: id,
    healthy: z.boolean(),
    diagnostics: z.array(
      z.object({
        severity: z.enum(['info', 'warning', 'error']),
        controller: z.exactOptional(z.string()),
        code: z.string(),
        summary: z.string(),
        description: z.exactOptional(z.string()),
        remediation: z.exactOptional(texts),
        endpoint: z.exactOptional(z.string()),
      }),
    ),
  }),
);
