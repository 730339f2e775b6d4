import type { Page, PageQuery, Team, TeamDraft, TeamPatch, User } from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import type { UserData } from '@meshery/store';
import type { Links, Teams, WorkspaceContentFilter } from '../provider.ts';
import { LocalCollection } from './local-collection.ts';
import { LocalLinks } from './local-links.ts';
import type { LocalParts } from './local-parts.ts';
import { notFound } from './tenancy.ts';
import { heldBy } from './workspace-contents.ts';

/** Teams of the Local provider. */
export class LocalTeams extends LocalCollection<Team, TeamDraft, TeamPatch, WorkspaceContentFilter> implements Teams {
  readonly #parts: LocalParts;

  constructor(parts: LocalParts) {
    super(parts, { kind: 'team', table: (data) => data.teams, links: heldBy('workspace_teams', 'team_id') });
    this.#parts = parts;
  }

  members(ctx: RequestContext, id: string, query: PageQuery): Promise<Page<User>> {
    const link = { table: 'team_members', own: 'user_id', other: 'team_id', id, isLinked: true };
    return this.#parts.store.read(async (data) => {
      await this.reach(data, ctx, id, 'read');
      return data.users.page({}, query, { links: [link] });
    });
  }
}

/** Who is in which team: only people of the organization of the team can be. */
export function teamMembers(parts: LocalParts, teams: LocalTeams): Links {
  return new LocalLinks(parts, {
    kinds: ['team', 'user'],
    ends: [
      (data, ctx, id) => teams.reach(data, ctx, id, 'administer'),
      (data, _ctx, userId, team) => memberOf(data, team.organizationId, userId),
    ],
    table: (data) => data.teamMembers,
    row: (teamId, userId, createdAt) => ({ teamId, userId, createdAt }),
    key: (teamId, userId) => ({ teamId, userId }),
  });
}

async function memberOf(data: UserData, organizationId: string, userId: string) {
  const [membership] = await data.memberships.all({ organizationId, userId });
  const user = membership === undefined ? undefined : await data.users.find({ id: userId });
  if (user === undefined) throw notFound('user');
  return { organizationId, name: user.name };
}
