import type { DesignRecord, Team, View } from '@meshery/object-model';
import { EntitySchema } from 'typeorm';
import { count, json, linkColumn, ownedColumns, text } from './columns.ts';

/** A link from a workspace to a design. */
export interface WorkspaceDesignRecord {
  readonly workspaceId: string;
  readonly designId: string;
  readonly createdAt: string;
}

/** A link from a workspace to a view. */
export interface WorkspaceViewRecord {
  readonly workspaceId: string;
  readonly viewId: string;
  readonly createdAt: string;
}

/** A link from a workspace to a team. */
export interface WorkspaceTeamRecord {
  readonly workspaceId: string;
  readonly teamId: string;
  readonly createdAt: string;
}

/** A user's place in a team. */
export interface TeamMemberRecord {
  readonly teamId: string;
  readonly userId: string;
  readonly createdAt: string;
}

/** Designs. */
export const designSchema = new EntitySchema<DesignRecord>({
  name: 'design',
  tableName: 'designs',
  columns: {
    ...ownedColumns,
    name: text(),
    visibility: text(),
    patternFile: text('pattern_file'),
    designType: text('design_type'),
    sourceContent: text('source_content'),
    location: json(),
    catalogData: { ...json('catalog_data'), nullable: true },
    viewCount: count('view_count'),
    downloadCount: count('download_count'),
    cloneCount: count('clone_count'),
    deploymentCount: count('deployment_count'),
    shareCount: count('share_count'),
  },
});

/** Views. */
export const viewSchema = new EntitySchema<View>({
  name: 'view',
  tableName: 'views',
  columns: { ...ownedColumns, name: text(), visibility: text(), filters: json(), metadata: json() },
});

/** Teams. */
export const teamSchema = new EntitySchema<Team>({
  name: 'team',
  tableName: 'teams',
  columns: { ...ownedColumns, name: text(), description: text(), metadata: json() },
});

/** Who is in which team. */
export const teamMemberSchema = new EntitySchema<TeamMemberRecord>({
  name: 'teamMember',
  tableName: 'team_members',
  columns: { teamId: linkColumn('team_id'), userId: linkColumn('user_id'), createdAt: text('created_at') },
});

/** Which designs a workspace holds. */
export const workspaceDesignSchema = new EntitySchema<WorkspaceDesignRecord>({
  name: 'workspaceDesign',
  tableName: 'workspace_designs',
  columns: { ...workspaceSide(), designId: linkColumn('design_id') },
});

/** Which views a workspace holds. */
export const workspaceViewSchema = new EntitySchema<WorkspaceViewRecord>({
  name: 'workspaceView',
  tableName: 'workspace_views',
  columns: { ...workspaceSide(), viewId: linkColumn('view_id') },
});

/** Which teams work in a workspace. */
export const workspaceTeamSchema = new EntitySchema<WorkspaceTeamRecord>({
  name: 'workspaceTeam',
  tableName: 'workspace_teams',
  columns: { ...workspaceSide(), teamId: linkColumn('team_id') },
});

function workspaceSide() {
  return { workspaceId: linkColumn('workspace_id'), createdAt: text('created_at') };
}
