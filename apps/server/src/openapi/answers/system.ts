import { componentSchemaVersion, eventSeverities, eventStatuses, operationStates } from '@meshery/object-model';
import type { AuditRecord, Operation, SeenEvent } from '@meshery/object-model';
import type { ClusterList, ResourcePage, ResourceSummary } from '@meshery/contracts';
import { z } from 'zod';
import { componentKinds } from '../../components/component-states.ts';
import { componentStates } from '../../components/components.controller.ts';
import { asSpelled, named, pageOf } from '../description.ts';
import { free, id, recordFields, time } from './fields.ts';

const text = z.string();
const count = z.int().min(0);

/** See `SeenEvent`. */
export const event = named(
  'Event',
  z.object({
    ...recordFields,
    sequence: count,
    organizationId: id.nullable(),
    owner: text,
    actedUpon: id,
    action: text,
    category: text,
    description: text,
    metadata: free,
    operationId: id.nullable(),
    severity: z.enum(eventSeverities),
    systemId: text,
    status: z.enum(eventStatuses),
  }) satisfies z.ZodType<SeenEvent>,
);
/** Events, and how many there are of each severity. */
export const eventPage = pageOf('events', event, {
  readCount: count,
  countBySeverityLevel: z.array(z.object({ severity: z.enum(eventSeverities), count })),
  next: z.exactOptional(count),
});

const state = z.enum(operationStates);
/** See `Operation`. */
export const operation = named(
  'Operation',
  z.object({
    ...recordFields,
    kind: text,
    organizationId: id.nullable(),
    owner: text,
    state,
    progress: z.number().min(0).max(100),
    targets: z.array(z.object({ id: text, name: text, state, message: text })),
    error: z.object({ code: text, message: text }).nullable(),
    isCancelRequested: z.boolean(),
    finishedAt: time.nullable(),
  }) satisfies z.ZodType<Omit<Operation, 'processId' | 'seenAt'>>,
);

/** Lines of the audit log. */
export const auditLines = asSpelled(
  'AuditLines',
  z.object({
    lines: z.array(
      z.object({
        sequence: count,
        previousHash: text,
        hash: text,
        at: time,
        userId: text,
        userName: text,
        provider: text,
        organizationId: text,
        action: text,
        objectId: text,
        decision: z.enum(['allowed', 'refused']),
        reason: text,
        requestId: text,
      }) satisfies z.ZodType<AuditRecord>,
    ),
    next: count,
  }),
);
/** Whether the audit log is whole. */
export const auditCheck = asSpelled('AuditCheck', z.object({ lines: count, brokenAt: z.exactOptional(count) }));

const pair = z.object({ id: text, unique_id: text, kind: z.enum(['label', 'annotation']), key: text, value: text });
const attribute = z.exactOptional(z.object({ id: text, attribute: text }));
/** See `ResourceRow`. */
export const resource = asSpelled(
  'Resource',
  z.object({
    id: text,
    apiVersion: text,
    kind: text,
    model: z.exactOptional(text),
    metadata: z.object({
      name: text,
      namespace: z.exactOptional(text),
      uid: text,
      resourceVersion: text,
      creationTimestamp: z.exactOptional(text),
      labels: z.exactOptional(z.array(pair)),
      annotations: z.exactOptional(z.array(pair)),
    }),
    cluster_id: text,
    staleSince: z.exactOptional(time),
    spec: attribute,
    status: attribute,
  }),
);
const rows = z.array(resource.schema as z.ZodType<ResourcePage['resources'][number]>);
/** See `ResourcePage`. */
export const resourcePage = asSpelled(
  'ResourcePage',
  z.object({
    page: count,
    pageSize: count,
    totalCount: count,
    resources: rows,
    design: z.null(),
    next: z.exactOptional(text),
    seq: count,
  }) satisfies z.ZodType<ResourcePage>,
);
const kubernetesList = z.object({ apiVersion: z.literal('v1'), kind: z.literal('List'), items: z.array(free) });
/** A page, or every object as Kubernetes has it. */
export const resourceList = asSpelled('ResourceList', z.union([resourcePage.schema, kubernetesList]));
const described = z.object({
  ...{ id: text, schemaVersion: z.literal(componentSchemaVersion), version: text, displayName: text },
  ...{ description: text, format: text, status: text, styles: free, capabilities: z.array(free) },
  component: z.object({ kind: text, version: text, schema: text }),
  ...{ model: free, modelReference: free, metadata: free, configuration: free },
});
/** An object as a component, as a row, or as Kubernetes has it. */
export const resourceOrObject = asSpelled('ResourceOrObject', z.union([described, resource.schema, free]));
/** See `ResourceSummary`. */
export const resourceSummary = asSpelled(
  'ResourceSummary',
  z.object({
    kinds: z.array(z.object({ Kind: text, Model: text, Count: count })),
    namespaces: z.array(text),
    labels: z.array(z.object({ key: text, value: text })),
  }) satisfies z.ZodType<ResourceSummary>,
);
/** See `ClusterList`. */
export const clusters = asSpelled(
  'Clusters',
  z.object({
    clusters: z.array(
      z.object({
        id: text,
        name: text,
        apiServerUrl: text,
        source: z.enum(['embedded', 'agent', 'published']),
        state: z.enum(['syncing', 'in-sync', 'degraded', 'stale', 'unreachable']),
        reason: text,
        message: text,
        firstSeen: text,
        lastSeen: text,
        objectCount: count,
        kinds: z.array(
          z.object({
            resource: text,
            kind: text,
            namespaced: z.boolean(),
            state: z.enum(['syncing', 'synced', 'forbidden', 'unsupported', 'lagging', 'excluded']),
            reason: text,
            message: text,
            count,
            since: text,
          }),
        ),
      }),
    ),
  }) satisfies z.ZodType<ClusterList>,
);

/** One of Meshery's own components. */
export const component = named(
  'OwnComponent',
  z.object({
    kind: z.enum(componentKinds),
    location: text,
    clusterId: text,
    version: text,
    state: z.enum(componentStates),
    firstNoted: time,
    lastSeen: time.nullable(),
    lastError: z.object({ code: text, message: text, at: time }).nullable(),
  }),
);

/** What this build is. */
export const version = asSpelled(
  'Version',
  z.object({
    version: text,
    build: text,
    commitsha: text,
    releaseChannel: text,
    release_channel: text,
    latest: text,
    outdated: z.boolean(),
  }),
);
/** What the databases hold. */
export const database = named(
  'DatabaseSummary',
  z.object({
    page: count,
    pageSize: count,
    totalTables: count,
    recordCount: count,
    tables: z.array(z.object({ name: text, type: z.literal('table'), count })),
  }),
);
/** One sentence about what was done. */
export const message = asSpelled('Message', z.object({ message: text }));
/** The files of the log. */
export const logFiles = asSpelled(
  'LogFiles',
  z.object({ files: z.array(z.object({ id: text, size: count, updatedAt: time, updated_at: time })) }),
);

const graphqlErrors = z.array(z.looseObject({ message: text }));
/** What GraphQL answers, faults of the query included. */
export const graphqlAnswer = asSpelled(
  'GraphqlAnswer',
  z.object({ data: z.exactOptional(free.nullable()), errors: z.exactOptional(graphqlErrors) }),
);
