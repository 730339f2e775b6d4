import {
  environmentDraft,
  environmentPatch,
  teamDraft,
  teamPatch,
  viewDraft,
  viewPatch,
  workspaceDraft,
  workspacePatch,
} from '@meshery/object-model';
import {
  designPage,
  environment,
  environmentPage,
  team,
  teamPage,
  view,
  viewPage,
  workspace,
  workspacePage,
} from '../answers/content.ts';
import { assignedPage } from '../answers/connections.ts';
import { user } from '../answers/people.ts';
import { choiceParameter, listParameters, named, pageOf, recordRoutes, usuallySorted } from '../description.ts';
import type { Feature, Named } from '../description.ts';
import { connectionParameters } from './connections.ts';

const assigned = choiceParameter('filter', 'What is assigned, which is usual, or what could still be assigned.', [
  '{"assigned":true}',
  '{"assigned":false}',
]);

function links(rows: string, answer: Named): Feature['routes'] {
  const path = `/api/workspaces/:id/${rows}`;
  return {
    [`GET ${path}`]: {
      summary: `List the ${rows} of a workspace`,
      query: [...listParameters(usuallySorted), assigned],
      answer,
    },
    [`POST ${path}/:otherId`]: { summary: `Add one of the ${rows} to a workspace`, answer },
    [`DELETE ${path}/:otherId`]: { summary: `Take one of the ${rows} out of a workspace` },
  };
}

/** Environments and the connections in them. */
export const environments: Feature = {
  tag: 'Environments',
  about: 'Groups of connections.',
  routes: {
    ...recordRoutes('/api/environments', {
      one: 'an environment',
      many: 'environments',
      record: environment,
      page: environmentPage,
      draft: named('EnvironmentDraft', environmentDraft),
      patch: named('EnvironmentPatch', environmentPatch),
    }),
    'GET /api/environments/:environmentId/connections': {
      summary: 'List the connections of an environment',
      query: [...connectionParameters, assigned],
      answer: assignedPage,
    },
    'POST /api/environments/:environmentId/connections/:connectionId': {
      summary: 'Add a connection to an environment',
      answer: assignedPage,
    },
    'DELETE /api/environments/:environmentId/connections/:connectionId': {
      summary: 'Take a connection out of an environment',
    },
  },
};

/** Workspaces and what is in them. */
export const workspaces: Feature = {
  tag: 'Workspaces',
  about: 'Where teams work.',
  routes: {
    ...recordRoutes('/api/workspaces', {
      one: 'a workspace',
      many: 'workspaces',
      record: workspace,
      page: workspacePage,
      draft: named('WorkspaceDraft', workspaceDraft),
      patch: named('WorkspacePatch', workspacePatch),
    }),
    ...links('environments', environmentPage),
    ...links('designs', designPage),
    ...links('views', viewPage),
    ...links('teams', teamPage),
  },
};

/** Views. */
export const views: Feature = {
  tag: 'Views',
  about: 'Kept selections of what is shown.',
  routes: recordRoutes('/api/content/views', {
    one: 'a view',
    many: 'views',
    record: view,
    page: viewPage,
    draft: named('ViewDraft', viewDraft),
    patch: named('ViewPatch', viewPatch),
  }),
};

/** Teams and their members. */
export const teams: Feature = {
  tag: 'Teams',
  about: 'People of an organization who work together.',
  routes: {
    ...recordRoutes('/api/identity/teams', {
      one: 'a team',
      many: 'teams',
      record: team,
      page: teamPage,
      draft: named('TeamDraft', teamDraft),
      patch: named('TeamPatch', teamPatch),
    }),
    'GET /api/identity/teams/:id/users': {
      summary: 'List the members of a team',
      query: listParameters(usuallySorted),
      answer: pageOf('users', { ...user, name: 'Member' }),
    },
    'POST /api/identity/teams/:id/users/:userId': { summary: 'Add a user to a team' },
    'DELETE /api/identity/teams/:id/users/:userId': { summary: 'Take a user out of a team' },
  },
};
