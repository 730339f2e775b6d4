export type * from './inventory-store.ts';
export type * from './component-state.ts';
export { openSqliteInventory } from './sqlite/open-sqlite-inventory.ts';
export type { SqliteInventoryOptions } from './sqlite/open-sqlite-inventory.ts';
export { openPostgresInventory } from './postgres/open-postgres-inventory.ts';
export type { PostgresInventoryOpenOptions } from './postgres/open-postgres-inventory.ts';
export type { QueueLimits } from './sqlite/writer/writer-client.ts';
export { modelOf } from './shared/model-of.ts';
export { backUpUserData, restoreUserData } from './user-data/backup/user-data-files.ts';
export type { UserDataPlace } from './user-data/backup/user-data-files.ts';
export { openUserStore } from './user-data/open-user-store.ts';
export type { UserStoreOptions } from './user-data/open-user-store.ts';
export { openPostgresUserStore } from './user-data/open-postgres-user-store.ts';
export type { UserStore } from './user-data/user-store.ts';
export type { Board, BoardChange, SharedLease, SharedProcess } from './user-data/lease-board.ts';
export type { UserData } from './user-data/user-data.ts';
export type { LinkFilter, RecordTable, RowFilter, RowSelection } from './user-data/record-table.ts';
export type { LinkTable } from './user-data/link-table.ts';
export type { MembershipRecord } from './user-data/entities/identity.ts';
export type { KeychainRecord } from './user-data/entities/keychains.ts';
export type { EventCounts, EventFilter, EventScope, EventType } from './user-data/event-table.ts';
export type { AuditCheck } from './user-data/audit-table.ts';
export type { OperationFilter } from './user-data/operation-table.ts';
export type { HistoryTable } from './user-data/history-table.ts';
export type { CredentialRecord } from './user-data/entities/connections.ts';
export type { ServiceTokenRecord } from './user-data/entities/accounts.ts';
export type {
  ComponentRecord,
  ComponentSchemaRecord,
  ConnectionDefinitionRecord,
  ModelRecord,
  PolicyRecord,
  RelationshipRecord,
} from './user-data/entities/registry.ts';
