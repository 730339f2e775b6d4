import { notOffered } from './remote-requests.ts';

/** Refuses whatever is asked, with `meshery-provider-2000`. */
export type Refusal = () => Promise<never>;

/** What no feature is about, so that no remote provider keeps it. */
export class Unoffered {
  readonly name: string;
  readonly serviceTokens;
  readonly organizations;
  readonly keychains;
  readonly roles;
  readonly views;
  readonly workspaceViews;
  readonly teams;
  readonly teamMembers;
  readonly workspaceTeams;

  constructor(name: string) {
    this.name = name;
    const [tokens, views, teams] = [this.refusal('service tokens'), this.refusal('views'), this.refusal('teams')];
    this.serviceTokens = { page: tokens, issue: tokens, revoke: tokens };
    const roles = this.refusal('roles');
    const { page: _page, ...organizations } = collection(this.refusal('administration of organizations'));
    this.organizations = { ...organizations, join: organizations.create, leave: organizations.remove };
    this.keychains = keychains(this.refusal('keychains'));
    this.roles = { all: roles, create: roles, remove: roles };
    this.views = collection(views);
    this.workspaceViews = { assign: views, unassign: views };
    this.teams = { ...collection(teams), members: teams };
    this.teamMembers = { assign: teams, unassign: teams };
    this.workspaceTeams = this.teamMembers;
  }

  protected refusal(what: string): Refusal {
    return () => Promise.reject(notOffered(what, this.name));
  }
}

function keychains(refusal: Refusal) {
  const { page: all, ...others } = collection(refusal);
  const keys = { keys: refusal, addKey: refusal, removeKey: refusal };
  return { ...others, ...keys, all, ofRole: refusal, assign: refusal, unassign: refusal };
}

function collection(refusal: Refusal) {
  return { page: refusal, get: refusal, create: refusal, update: refusal, remove: refusal };
}
