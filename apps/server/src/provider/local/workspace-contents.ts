import type { RequestContext } from '@meshery/observability';
import type { LinkFilter, LinkTable, UserData } from '@meshery/store';
import type { Right } from '@meshery/security';
import type { Links, WorkspaceContentFilter } from '../provider.ts';
import { LocalLinks } from './local-links.ts';
import type { LocalParts } from './local-parts.ts';

/** Keeps of a list what a workspace has, or what it has not. */
export function heldBy(table: string, own: string): (filter: WorkspaceContentFilter) => readonly LinkFilter[] {
  return ({ workspace }) =>
    workspace === undefined
      ? []
      : [{ table, own, other: 'workspace_id', id: workspace.id, isLinked: workspace.isAssigned }];
}

/** Where one end of a link is looked up. */
interface Reachable {
  reach(
    data: UserData,
    ctx: RequestContext,
    id: string,
    right: Right,
  ): Promise<{ readonly organizationId: string; readonly name: string }>;
}

/** Both ends of links from workspaces. */
interface Ends {
  readonly workspaces: Reachable;
  readonly others: Reachable;
}

function workspaceLinks<Row extends { readonly workspaceId: string; readonly createdAt: string }>(
  parts: LocalParts,
  ends: Ends,
  shape: {
    readonly kind: string;
    readonly table: (data: UserData) => LinkTable<Row>;
    readonly other: (id: string) => Omit<Row, 'workspaceId' | 'createdAt'>;
  },
): LocalLinks<Row> {
  const { kind, table, other } = shape;
  return new LocalLinks<Row>(parts, {
    kinds: ['workspace', kind],
    ends: [
      (data, ctx, id) => ends.workspaces.reach(data, ctx, id, 'write'),
      (data, ctx, id) => ends.others.reach(data, ctx, id, 'read'),
    ],
    table,
    row: (workspaceId, id, createdAt) => ({ workspaceId, createdAt, ...other(id) }) as Row,
    key: (workspaceId, id) => ({ workspaceId, ...other(id) }) as Partial<Row>,
  });
}

/** Which environments a workspace has. */
export function environmentLinks(parts: LocalParts, ends: Ends): Links {
  return workspaceLinks(parts, ends, {
    kind: 'environment',
    table: (data) => data.workspaceEnvironments,
    other: (environmentId) => ({ environmentId }),
  });
}

/** Which designs a workspace has. */
export function designLinks(parts: LocalParts, ends: Ends): Links {
  return workspaceLinks(parts, ends, {
    kind: 'design',
    table: (data) => data.workspaceDesigns,
    other: (designId) => ({ designId }),
  });
}

/** Which views a workspace has. */
export function viewLinks(parts: LocalParts, ends: Ends): Links {
  return workspaceLinks(parts, ends, {
    kind: 'view',
    table: (data) => data.workspaceViews,
    other: (viewId) => ({ viewId }),
  });
}

/** Which teams a workspace has. */
export function teamLinks(parts: LocalParts, ends: Ends): Links {
  return workspaceLinks(parts, ends, {
    kind: 'team',
    table: (data) => data.workspaceTeams,
    other: (teamId) => ({ teamId }),
  });
}
