import {
  organizationDraft,
  organizationPatch,
  performanceTestConfigDraft,
  preferencePatch,
  serviceTokenDraft,
  userDraft,
  userPatch,
} from '@meshery/object-model';
import { z } from 'zod';
import { limitedRoutes } from '../../access/sign-in-limit.ts';
import {
  issuedToken,
  organization,
  performanceTest,
  permissionKeyPage,
  preference,
  serviceToken,
  signInPath,
  signedOut,
  tokenFile,
  user,
} from '../answers/people.ts';
import {
  asSpelled,
  flagParameter,
  idParameter,
  listParameters,
  named,
  pageOf,
  textParameter,
  usuallySorted,
} from '../description.ts';
import type { Description, Feature } from '../description.ts';

const userSorted = [...usuallySorted, 'email', 'firstName', 'lastName', 'lastLoginTime', 'status'];
const providerParameter = textParameter('provider', 'Key of the provider, as GET /api/providers lists it.');

/** Users, organizations and tokens of programs. */
export const identity: Feature = {
  tag: 'Identity',
  about: 'Users, organizations and tokens of programs.',
  routes: limited({
    'GET /api/user': { summary: 'Read whoever is signed in', answer: user },
    'GET /api/identity/users/profile': { summary: 'Read whoever is signed in, under a newer path', answer: user },
    'GET /api/user/profile/:id': { summary: 'Read a user', answer: user },
    'GET /api/identity/users/profile/:id': { summary: 'Read a user, under a newer path', answer: user },
    'GET /api/identity/users': {
      summary: 'List users',
      query: listParameters(userSorted),
      answer: pageOf('data', user),
    },
    'POST /api/identity/users': { summary: 'Make a user', body: named('UserDraft', userDraft), answer: user },
    'PUT /api/identity/users/:id': { summary: 'Change a user', body: named('UserPatch', userPatch), answer: user },
    'DELETE /api/identity/users/:id': { summary: 'Remove a user' },
    'POST /api/identity/users/:id/code': {
      summary: 'Invite a user with a link that signs in once',
      answer: signInPath,
    },
    'GET /api/identity/orgs': {
      summary: 'List organizations',
      query: [...listParameters(usuallySorted), flagParameter('all', 'All on one page.')],
      answer: pageOf('organizations', organization),
    },
    'POST /api/identity/orgs': {
      summary: 'Make an organization',
      body: named('OrganizationDraft', organizationDraft),
      answer: organization,
    },
    'GET /api/identity/orgs/:orgID': { summary: 'Read an organization', answer: organization },
    'PUT /api/identity/orgs/:orgID': {
      summary: 'Change an organization',
      body: named('OrganizationPatch', organizationPatch),
      answer: organization,
    },
    'DELETE /api/identity/orgs/:orgID': { summary: 'Remove an organization that is empty' },
    'POST /api/identity/orgs/:orgID/users/:userId': { summary: 'Let a user into an organization' },
    'DELETE /api/identity/orgs/:orgID/users/:userId': { summary: 'Take a user out of an organization' },
    'GET /api/identity/orgs/:orgID/users/keys': {
      summary: 'List what whoever is signed in may do in an organization',
      query: listParameters(['function', 'category', 'subcategory']),
      answer: permissionKeyPage,
    },
    'GET /api/identity/tokens': {
      summary: 'List the tokens of programs',
      query: listParameters(usuallySorted),
      answer: pageOf('tokens', serviceToken),
    },
    'POST /api/identity/tokens': {
      summary: 'Issue a token for a program',
      body: named('ServiceTokenDraft', serviceTokenDraft),
      answer: issuedToken,
    },
    'DELETE /api/identity/tokens/:id': { summary: 'Revoke the token of a program' },
  }),
};

/** Too many requests of these are refused. */
function limited(routes: Feature['routes']): Feature['routes'] {
  const entries = Object.entries(routes).map(([key, description]): [string, Description] => {
    const errors = limitedRoutes.has(key.replace(/^\w+ /, '')) ? [429] : [];
    return [key, { ...description, errors: [...(description.errors ?? []), ...errors] }];
  });
  return Object.fromEntries(entries);
}

/** Sign-in and sign-out. */
export const signIn: Feature = {
  tag: 'Sign-in',
  about: 'Sessions, and the providers that vouch for users.',
  routes: limited({
    'GET /api/providers': { summary: 'List providers' },
    'GET /api/providers/stream': { summary: 'Follow the states of providers', answerType: 'text/event-stream' },
    'GET /api/provider': { summary: 'Choose a provider', query: [providerParameter], status: 302 },
    'POST /api/provider': { summary: 'Choose a provider, from a form', query: [providerParameter], status: 302 },
    'GET /api/token': { summary: 'Read the token file of whoever is signed in', answer: tokenFile, errors: [401] },
    'GET /api/user/token': {
      summary: 'Renew the token; with a token or code, end a sign-in',
      errors: [401],
      answer: tokenFile,
    },
    'POST /api/user/token': { summary: 'End a sign-in with a token', status: 302, errors: [401] },
    'POST /api/user/logout': { summary: 'Sign out', answer: signedOut },
    'GET /auth/local': {
      summary: 'Sign in with a one-time code',
      errors: [401],
      query: [textParameter('code', 'The code.'), textParameter('next', 'Path to go to.')],
      status: 302,
    },
    'POST /auth/local': {
      summary: 'Trade a one-time code for a token file',
      errors: [401],
      body: asSpelled('SignInCode', z.object({ code: z.string() })),
      answer: tokenFile,
    },
    'POST /auth/local/code': { summary: 'Issue a link that signs in once', answer: signInPath },
    'GET /auth/redirect': {
      summary: 'Sign in with a token',
      errors: [401, 403],
      query: [textParameter('token', 'The token.')],
      status: 302,
    },
    'GET /auth/oidc': {
      summary: 'Begin to sign in with the OpenID Connect issuer',
      errors: [404],
      query: [textParameter('next', 'Path to go to.')],
      status: 302,
    },
    'GET /auth/oidc/callback': {
      summary: 'End a sign-in with the OpenID Connect issuer',
      errors: [401, 403, 404],
      query: [
        textParameter('code', 'What the issuer gave the browser.'),
        textParameter('state', 'What the browser began with.'),
        textParameter('iss', 'Who answers.'),
        textParameter('error', 'Why the issuer lets nobody in.'),
      ],
      status: 302,
    },
    'GET /auth/login': { summary: 'Show the sign-in page, under an older path', answerType: 'text/html' },
    'GET /user/login': { summary: 'Begin to sign in', status: 302 },
    'GET /user/logout': { summary: 'Sign out and show the sign-in page', status: 302 },
    'GET /provider': { summary: 'Show the sign-in page', answerType: 'text/html' },
    'GET /provider/*': { summary: 'Load a part of the sign-in page', answerType: 'text/html' },
  }),
};

/** Preferences. */
export const preferences: Feature = {
  tag: 'Preferences',
  about: 'What whoever is signed in prefers.',
  routes: {
    'GET /api/user/prefs': { summary: 'Read preferences', answer: preference },
    'POST /api/user/prefs': {
      summary: 'Change preferences',
      body: named('PreferencesPatch', preferencePatch),
      answer: preference,
    },
    'GET /api/user/prefs/perf': {
      summary: 'List performance tests, or read one',
      query: [...listParameters(usuallySorted), idParameter('uuid', 'Only this one.')],
    },
    'POST /api/user/prefs/perf': {
      summary: 'Keep a performance test',
      body: named('PerformanceTestDraft', performanceTestConfigDraft),
      answer: performanceTest,
    },
    'DELETE /api/user/prefs/perf': {
      summary: 'Remove a performance test',
      query: [{ ...idParameter('uuid', 'Id of the test.'), required: true }],
    },
  },
};
