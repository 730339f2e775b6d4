import type { Connection, Credential, StatusChange } from '@meshery/object-model';
import { EntitySchema } from 'typeorm';
import type { ValueTransformer } from 'typeorm';
import { json, linkColumn, optionalText, ownedColumns, text } from './columns.ts';

/** A credential as it is kept: its secret is sealed. */
export interface CredentialRecord extends Credential {
  readonly sealed: string;
}

/** Which environments a connection is assigned to, and since when. */
export interface EnvironmentConnectionRecord {
  readonly environmentId: string;
  readonly connectionId: string;
  readonly createdAt: string;
}

/** Integers, because not every database knows truth values. */
const asInteger: ValueTransformer = { to: (value: boolean) => (value ? 1 : 0), from: (value: number) => value === 1 };

/** Credentials. */
export const credentialSchema = new EntitySchema<CredentialRecord>({
  name: 'credential',
  tableName: 'credentials',
  columns: { ...ownedColumns, name: text(), type: text(), sealed: text() },
});

/** Connections. */
export const connectionSchema = new EntitySchema<Connection>({
  name: 'connection',
  tableName: 'connections',
  columns: {
    ...ownedColumns,
    name: text(),
    description: text(),
    kind: text(),
    type: text(),
    subType: text('sub_type'),
    definitionId: optionalText('definition_id'),
    status: text(),
    url: text(),
    credentialId: optionalText('credential_id'),
    metadata: json(),
    styles: json(),
    origin: text(),
    contextId: optionalText('context_id'),
    controllersConfig: { ...json('controllers_config'), nullable: true },
  },
});

/** What happened to connections. */
export const statusChangeSchema = new EntitySchema<StatusChange>({
  name: 'statusChange',
  tableName: 'connection_history',
  columns: {
    connectionId: linkColumn('connection_id'),
    position: { type: 'integer', primary: true },
    from: optionalText('from_status'),
    to: text('to_status'),
    by: text('changed_by'),
    why: text(),
    isDone: { type: 'integer', name: 'is_done', transformer: asInteger },
    at: text('changed_at'),
  },
});

/** Which connections an environment has. */
export const environmentConnectionSchema = new EntitySchema<EnvironmentConnectionRecord>({
  name: 'environmentConnection',
  tableName: 'environment_connections',
  columns: {
    environmentId: linkColumn('environment_id'),
    connectionId: linkColumn('connection_id'),
    createdAt: text('created_at'),
  },
});
