export { camelCase, inBothSpellings, inCamelCase, snakeCase } from './spelling.ts';
export type { Page, PageOrder, PageQuery } from './page.ts';
export { description, freeForm, givenName, recordId } from './fields.ts';
export type { OwnedFields, RecordFields } from './fields.ts';
export { parseRecord } from './parse.ts';
export { organizationDraft } from './organization.ts';
export type { Organization, OrganizationDraft } from './organization.ts';
export { environmentDraft, environmentPatch } from './environment.ts';
export type { Environment, EnvironmentDraft, EnvironmentPatch } from './environment.ts';
export { workspaceDraft, workspacePatch } from './workspace.ts';
export type { Workspace, WorkspaceDraft, WorkspacePatch } from './workspace.ts';
export { isRole, roles, userStatuses } from './user.ts';
export type { Role, User, UserStatus } from './user.ts';
export {
  eventDraft,
  eventIds,
  eventSeverities,
  eventStatusChange,
  eventStatuses,
  failureSeverities,
  noRecordId,
} from './event.ts';
export type { EventDraft, EventRecord, EventSeverity, EventStatus, SeenEvent } from './event.ts';
export type { AuditDecision, AuditEntry, AuditRecord } from './audit.ts';
export { operationStates } from './operation.ts';
export type { Operation, OperationError, OperationState, OperationTarget } from './operation.ts';
