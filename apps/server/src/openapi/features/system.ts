import { eventDraft, eventSeverities, eventStatusChange, eventStatuses, operationStates } from '@meshery/object-model';
import { z } from 'zod';
import { input as logLevels } from '../../admin/log-levels.handler.ts';
import { input as logLevel } from '../../admin/set-log-level.handler.ts';
import { input as eventLogLevel } from '../../events/event-config.controller.ts';
import { bulk, bulkStatus } from '../../events/events.controller.ts';
import { streamClients } from '../../events/live/event-format.ts';
import { componentKinds } from '../../components/component-states.ts';
import { componentStates, sortedBy } from '../../components/components.controller.ts';
import {
  auditCheck,
  auditLines,
  clusters,
  component,
  database,
  event,
  eventPage,
  graphqlAnswer,
  logFiles,
  message,
  operation,
  resourceList,
  resourceOrObject,
  resourceSummary,
  version,
} from '../answers/system.ts';
import {
  asSpelled,
  choiceParameter,
  flagParameter,
  listParameters,
  named,
  numberParameter,
  orderParameter,
  pageOf,
  textParameter,
  textsParameter,
} from '../description.ts';
import type { Feature, Parameter } from '../description.ts';

const filters: readonly Parameter[] = [
  textParameter('clusterIds', 'JSON array of cluster ids; ["all"] selects every cluster, nothing selects none.'),
  textsParameter('kind', 'Any of these kinds.'),
  textsParameter('namespace', 'Any of these namespaces.'),
  textsParameter('apiVersion', 'Any of these versions.'),
  textsParameter('model', 'Any of these models.'),
  textsParameter('label', 'All of these labels, as key=value.', { type: 'string', pattern: '^[^=]+=' }),
  { ...textParameter('search', 'Text that the name contains.'), schema: { type: 'string', maxLength: 253 } },
  flagParameter('spec', 'With spec.'),
  flagParameter('status', 'With status.'),
  flagParameter('annotations', 'With annotations.'),
  flagParameter('labels', 'With labels.'),
];
const asKubernetes = choiceParameter('format', 'As Kubernetes has it.', ['kubernetes']);
const resources = '/api/system/meshsync/resources';

/** Discovered objects. */
export const inventory: Feature = {
  tag: 'Inventory',
  about: 'What was discovered in clusters.',
  routes: {
    [`GET ${resources}`]: {
      summary: 'List discovered objects',
      query: [
        ...filters,
        numberParameter('page', 'Which page, from 0; not with "after".', { minimum: 0, maximum: 1_000_000 }),
        numberParameter('pagesize', 'Rows of a page.', { minimum: 1, maximum: 1000, default: 25 }),
        textParameter('after', 'The "next" of the page before.'),
        orderParameter(['name', 'kind', 'namespace', 'api_version', 'creation_timestamp', 'model']),
        asKubernetes,
        flagParameter('asDesign', 'As a design; this version answers 501.'),
      ],
      answer: resourceList,
      errors: [501],
    },
    [`GET ${resources}/summary`]: {
      summary: 'Count discovered objects by kind',
      query: [{ ...textsParameter('clusterId', 'These clusters; "all" means every one.'), required: true }],
      answer: resourceSummary,
    },
    [`GET ${resources}/subscribe`]: {
      summary: 'Follow changes of discovered objects',
      query: [...filters, numberParameter('since', 'The last change that is known.')],
      answerType: 'text/event-stream',
    },
    [`GET ${resources}/:id`]: {
      summary: 'Read a discovered object as a component',
      query: [choiceParameter('format', 'As a row of the list, or as Kubernetes has it.', ['row', 'kubernetes'])],
      answer: resourceOrObject,
    },
    [`DELETE ${resources}/:id`]: { summary: 'Forget a discovered object' },
    'GET /api/system/clusters': { summary: 'List clusters and the state of their discovery', answer: clusters },
    'GET /api/system/sync': { summary: 'Read what a client asks first: clusters and adapters' },
  },
};

const query = textParameter('query', 'The query.');

/** GraphQL. */
export const graphql: Feature = {
  tag: 'GraphQL',
  about: 'Queries and subscriptions; docs/reference/schema.graphql.',
  routes: {
    'GET /api/system/graphql/query': {
      summary: 'Send a GraphQL query in the address',
      query: [query],
      answer: graphqlAnswer,
      badRequest: graphqlAnswer,
    },
    'POST /api/system/graphql/query': {
      summary: 'Send a GraphQL query',
      answer: graphqlAnswer,
      badRequest: graphqlAnswer,
      right: 'read',
      body: asSpelled(
        'GraphqlRequest',
        z.object({ query: z.string(), variables: z.record(z.string(), z.unknown()).optional() }),
      ),
    },
    'GET /api/system/graphql/playground': { summary: 'Show the page for trying GraphQL', answerType: 'text/html' },
    'POST /api/system/graphql/playground': {
      summary: 'Show the page for trying GraphQL, as a form asks for it',
      answerType: 'text/html',
      status: 200,
    },
  },
};

const texts = (name: string): Parameter => textParameter(name, 'JSON array of texts.');

/** Events and operations. */
export const events: Feature = {
  tag: 'Events and operations',
  about: 'What happened, and what runs.',
  routes: {
    'GET /api/system/events': {
      summary: 'List events',
      query: [
        ...listParameters(['createdAt', 'updatedAt', 'severity', 'category', 'action', 'sequence']),
        texts('category'),
        texts('action'),
        { ...texts('severity'), description: `JSON array of severities: ${eventSeverities.join(', ')}.` },
        texts('actedUpon'),
        choiceParameter('status', 'Only read or unread ones.', eventStatuses),
        numberParameter('after', 'The "next" of the page before; not with "page".'),
      ],
      answer: eventPage,
    },
    'POST /api/system/events': { summary: 'Tell of an event', body: named('EventDraft', eventDraft), answer: event },
    'GET /api/system/events/types': { summary: 'List the categories and actions of events' },
    'PUT /api/system/events/status/bulk': {
      summary: 'Mark events as read or unread',
      body: named('EventStatuses', bulkStatus),
    },
    'PUT /api/system/events/status/:id': {
      summary: 'Mark an event as read or unread',
      body: named('EventStatus', eventStatusChange),
    },
    'DELETE /api/system/events/bulk': { summary: 'Remove events', body: named('EventIds', bulk) },
    'DELETE /api/system/events/:id': { summary: 'Remove an event' },
    'GET /api/system/events/subscribe': { summary: 'Follow events', answerType: 'text/event-stream' },
    'GET /api/events': {
      summary: 'Follow events, as older command lines do',
      query: [{ ...choiceParameter('client', 'Whose format.', streamClients), required: true }],
      answerType: 'text/event-stream',
    },
    'GET /api/system/operations': {
      summary: 'List operations',
      query: [
        ...listParameters(['createdAt', 'updatedAt', 'kind', 'state']),
        choiceParameter('state', 'Only in this state.', operationStates),
        textParameter('kind', 'Only of this kind.'),
      ],
      answer: pageOf('operations', operation),
    },
    'GET /api/system/operations/:id': { summary: 'Read an operation', answer: operation },
    'POST /api/system/operations/:id/cancel': { summary: 'Cancel an operation', answer: operation },
  },
};

const file = { ...textParameter('file', 'Id of the file.'), required: true } as const;

const logLevelsNow = asSpelled(
  'LogLevelsNow',
  logLevels.extend({ knownModules: z.array(z.string()), lasts: z.string() }),
);

/** The server itself. */
export const system: Feature = {
  tag: 'System',
  about: 'The server itself.',
  routes: {
    'GET /api/system/version': { summary: 'Read the version', answer: version },
    'PUT /api/system/log-level': {
      summary: 'Change the log level',
      body: asSpelled('LogLevel', logLevel),
      answer: asSpelled('LogLevelNow', z.object({ level: z.string() })),
    },
    'GET /api/system/log-levels': { summary: 'Read the log levels of all modules', answer: logLevelsNow },
    'PUT /api/system/log-levels': {
      summary: 'Change the log levels of modules, until the process ends',
      body: asSpelled('LogLevels', logLevels),
      answer: logLevelsNow,
    },
    'GET /api/system/support-bundle': {
      summary: 'Download facts for somebody who helps, without secrets (.tar.gz)',
      answerType: 'application/gzip',
    },
    'GET /api/system/events/config': { summary: 'Read the log level, under its published name' },
    'PUT /api/system/events/config': {
      summary: 'Change the log level, under its published name',
      body: named('EventLogLevel', eventLogLevel),
    },
    'GET /api/system/logs': { summary: 'List the files of the log', answer: logFiles },
    'GET /api/system/fileDownload': {
      summary: 'Download a file of the log',
      query: [file],
      answerType: 'text/plain',
      errors: [404],
    },
    'GET /api/system/fileView': {
      summary: 'Show a file of the log',
      query: [file],
      answerType: 'text/plain',
      errors: [404],
    },
    'GET /api/system/database': {
      summary: 'Read what the databases hold',
      query: listParameters(['name', 'type', 'count']),
      answer: database,
    },
    'GET /api/system/components': {
      summary: "List Meshery's own components and when they were seen last",
      query: [
        choiceParameter('kind', 'May be repeated.', componentKinds),
        choiceParameter('state', 'May be repeated.', componentStates),
        ...listParameters(sortedBy),
      ],
      answer: pageOf('components', component),
    },
    'DELETE /api/system/database/reset': { summary: 'Empty the cache of discovered objects', answer: message },
    'GET /api/system/audit': {
      summary: 'Read the audit log',
      query: [
        numberParameter('after', 'The sequence of the last line that is known.'),
        numberParameter('pagesize', 'Lines at most.', { minimum: 1, maximum: 1000, default: 100 }),
      ],
      answer: auditLines,
    },
    'GET /api/system/audit/check': { summary: 'Check that the audit log is whole', answer: auditCheck },
    'GET /api/schema/resource/:resourceName': { summary: 'Read a form of the dashboard' },
    'GET /api/openapi.json': { summary: 'Read this document' },
    'GET /api/explorer': { summary: 'Show the page on which this API is read and tried', answerType: 'text/html' },
    'GET /healthz/live': { summary: 'Ask whether the process lives' },
    'GET /healthz/ready': { summary: 'Ask whether the server is ready' },
    'GET /metrics': { summary: 'Read metrics for Prometheus', answerType: 'text/plain' },
    'GET /favicon.ico': { summary: 'Load the icon', answerType: 'image/svg+xml' },
    'GET /provider/favicon.ico': { summary: 'Load the icon of the sign-in page', answerType: 'image/svg+xml' },
    'GET /ui/public/static/img/meshmodels/*': {
      ...{ summary: 'Load the image of a model', answerType: 'image/svg+xml' },
      // A name that leads elsewhere, or that begins with a dot.
      errors: [403],
    },
    'GET /error': { summary: 'Say that something went wrong elsewhere', status: 500 },
    'POST /error': { summary: 'Say that something went wrong elsewhere', status: 500 },
    'PUT /error': { summary: 'Say that something went wrong elsewhere', status: 500 },
    'DELETE /error': { summary: 'Say that something went wrong elsewhere', status: 500 },
  },
};
