import type { Environment, Workspace } from '@meshery/object-model';
import { EntitySchema } from 'typeorm';
import { json, linkColumn, ownedColumns, text } from './columns.ts';

/** A link between two records, by their ids, and since when there is one. */
export interface WorkspaceEnvironmentRecord {
  readonly workspaceId: string;
  readonly environmentId: string;
  readonly createdAt: string;
}

const described = { ...ownedColumns, name: text(), description: text(), metadata: json() } as const;

/** Environments. */
export const environmentSchema = new EntitySchema<Environment>({
  name: 'environment',
  tableName: 'environments',
  columns: described,
});

/** Workspaces. */
export const workspaceSchema = new EntitySchema<Workspace>({
  name: 'workspace',
  tableName: 'workspaces',
  columns: described,
});

/** Which environments a workspace uses. */
export const workspaceEnvironmentSchema = new EntitySchema<WorkspaceEnvironmentRecord>({
  name: 'workspaceEnvironment',
  tableName: 'workspace_environments',
  columns: {
    workspaceId: linkColumn('workspace_id'),
    environmentId: linkColumn('environment_id'),
    createdAt: text('created_at'),
  },
});
