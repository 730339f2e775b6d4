import {
  connectionDraft,
  connectionPatch,
  connectionStatuses,
  controllersConfig,
  credentialDraft,
  registrationEvent,
} from '@meshery/object-model';
import { z } from 'zod';
import { action } from '../../connections/connection-controllers.controller.ts';
import { cancellation } from '../../connections/registration.controller.ts';
import { patchWithId } from '../../credentials/credentials.controller.ts';
import {
  check,
  connection,
  connectionPage,
  context,
  contextPage,
  contexts,
  controllerInfo,
  controllerStatus,
  credential,
  diagnosis,
  history,
  imported,
  kubeconfigForm,
  probe,
  wholeConnection,
} from '../answers/connections.ts';
import { acceptedRegistration } from '../answers/registry.ts';
import {
  choiceParameter,
  idParameter,
  listParameters,
  named,
  organizationParameters,
  pageOf,
  textParameter,
  usuallySorted,
} from '../description.ts';
import type { Feature, Parameter } from '../description.ts';

/** What every list of connections takes. */
export const connectionParameters: readonly Parameter[] = [
  ...listParameters([...usuallySorted, 'kind', 'status', 'type', 'subType'], 100),
  ...organizationParameters,
  textParameter('kind', 'Only of these kinds: several with commas in between.'),
  textParameter('type', 'Only of these types: several with commas in between.'),
  choiceParameter('status', 'Only in this status; may be repeated.', connectionStatuses),
  textParameter('name', 'Only those of exactly this name.'),
];

const which = { ...idParameter('connectionId', 'Id of the connection.'), required: true } as const;
const path = '/api/integrations/connections';
const farSide = [500, 501, 503];
const settings = named('ControllersConfig', controllersConfig);

/** Connections, their life and their controllers. */
export const connections: Feature = {
  tag: 'Connections',
  about: 'Places that Meshery knows and may use: clusters, servers, adapters.',
  routes: {
    [`GET ${path}`]: { summary: 'List connections', query: connectionParameters, answer: connectionPage },
    [`POST ${path}`]: {
      summary: 'Make a connection',
      body: named('ConnectionDraft', connectionDraft),
      errors: [503],
      answer: wholeConnection,
    },
    [`GET ${path}/:connectionId`]: { summary: 'Read a connection', answer: wholeConnection },
    [`PUT ${path}/:connectionId`]: {
      summary: 'Change a connection',
      body: named('ConnectionPatch', connectionPatch),
      errors: [503],
      answer: wholeConnection,
    },
    [`DELETE ${path}/:connectionId`]: { summary: 'Remove a connection', answer: connection },
    [`GET ${path}/:connectionId/history`]: { summary: 'Read what happened to a connection', answer: history },
    [`POST ${path}/:connectionId/ping`]: { summary: 'Reach the far side once', answer: probe, errors: farSide },
    [`POST ${path}/:connectionId/check`]: {
      summary: 'Use the far side as its clients do',
      answer: check,
      errors: farSide,
    },
    [`POST ${path}/:connectionId/actions`]: {
      summary: 'Choose how a cluster is discovered',
      body: named('ConnectionAction', action),
    },
    [`GET ${path}/:connectionId/controllers`]: {
      summary: 'Read the states of the controllers of a cluster',
      answer: named('ConnectionControllers', z.object({ controllers: z.array(controllerStatus.schema) })),
    },
    [`GET ${path}/:connectionId/controllers/config`]: { summary: 'Read the settings of the controllers of a cluster' },
    [`PUT ${path}/:connectionId/controllers/config`]: {
      summary: 'Change the settings of the controllers of a cluster',
      body: settings,
    },
    [`POST ${path}/register`]: {
      summary: 'Take a step of a registration',
      body: named('RegistrationEvent', registrationEvent),
      errors: farSide,
    },
    [`DELETE ${path}/register`]: {
      summary: 'Give a registration up',
      body: named('RegistrationCancellation', cancellation),
    },
    [`DELETE ${path}/register/:registrationId`]: { summary: 'Give a registration up, by its id' },
  },
};

const credentialsPath = '/api/integrations/credentials';

/** Credentials. */
export const credentials: Feature = {
  tag: 'Credentials',
  about: 'What connections sign in with: written with their secret, read without it.',
  routes: {
    [`GET ${credentialsPath}`]: {
      summary: 'List credentials',
      query: [...listParameters([...usuallySorted, 'type']), ...organizationParameters],
      answer: pageOf('credentials', credential),
    },
    [`POST ${credentialsPath}`]: {
      summary: 'Make a credential',
      body: named('CredentialDraft', credentialDraft),
      answer: credential,
    },
    [`PUT ${credentialsPath}`]: {
      summary: 'Change a credential',
      body: named('CredentialPatch', patchWithId),
      answer: credential,
    },
    [`DELETE ${credentialsPath}`]: {
      summary: 'Remove a credential',
      query: [{ ...idParameter('credentialId', 'Id of the credential.'), required: true }],
    },
    [`GET ${credentialsPath}/:credentialId`]: { summary: 'Read a credential', answer: credential },
  },
};

/** Kubeconfigs and contexts. */
export const kubernetes: Feature = {
  tag: 'Kubernetes',
  about: 'Kubeconfigs in, connections out.',
  routes: {
    'POST /api/system/kubernetes': {
      summary: 'Import contexts of a kubeconfig',
      body: kubeconfigForm,
      bodyType: 'multipart/form-data',
      answer: imported,
    },
    'GET /api/system/kubernetes/contexts': {
      summary: 'List Kubernetes contexts',
      query: connectionParameters.filter(({ name }) => name !== 'kind'),
      answer: contextPage,
    },
    'POST /api/system/kubernetes/contexts': {
      summary: 'Look at the contexts of a kubeconfig; nothing is kept',
      body: kubeconfigForm,
      bodyType: 'multipart/form-data',
      answer: contexts,
    },
    'GET /api/system/kubernetes/contexts/:id': { summary: 'Read a Kubernetes context', answer: context },
    'DELETE /api/system/kubernetes/contexts/:id': { summary: 'Remove a Kubernetes context' },
    'GET /api/system/kubernetes/ping': { summary: 'Reach a cluster once', query: [which], errors: farSide },
    'POST /api/system/kubernetes/register': {
      summary: 'Register the components of clusters, as an operation',
      body: kubeconfigForm,
      bodyType: 'multipart/form-data',
      answer: acceptedRegistration,
    },
  },
};

/** Operator, MeshSync and broker. */
export const controllers: Feature = {
  tag: 'Controllers',
  about: 'Operator, MeshSync and broker of connections.',
  routes: {
    'GET /api/system/controllers/operator/status': {
      summary: 'Read the state of the operator',
      query: [which],
      answer: controllerStatus,
    },
    'GET /api/system/controllers/meshsync/status': {
      summary: 'Read the state of MeshSync',
      query: [which],
      answer: controllerInfo,
    },
    'GET /api/system/controllers/broker/status': {
      summary: 'Read the state of the broker',
      query: [which],
      answer: controllerInfo,
    },
    'GET /api/system/controllers/diagnostics': {
      summary: 'Find out what is wrong with the controllers',
      query: [which],
      answer: diagnosis,
    },
    'GET /api/system/controllers/status/subscribe': {
      summary: 'Follow the states of controllers',
      query: [idParameter('connectionIds', 'Id of a connection; may be repeated.')],
      answerType: 'text/event-stream',
    },
    'GET /api/system/controllers/config': { summary: 'Read the defaults for controllers' },
    'PUT /api/system/controllers/config': { summary: 'Change the defaults for controllers', body: settings },
  },
};
