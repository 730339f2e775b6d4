export { camelCase, inBothSpellings, inCamelCase, snakeCase } from './spelling.ts';
export { mergePatch } from './merge-patch.ts';
export type { Page, PageOrder, PageQuery } from './page.ts';
export { description, freeForm, givenName, recordId } from './fields.ts';
export type { OwnedFields, RecordFields } from './fields.ts';
export { parseRecord } from './parse.ts';
export { organizationDraft, organizationPatch } from './organization.ts';
export type { Organization, OrganizationDraft, OrganizationPatch } from './organization.ts';
export { environmentDraft, environmentPatch, environmentSchemaVersion } from './environment.ts';
export type { Environment, EnvironmentDraft, EnvironmentPatch } from './environment.ts';
export { workspaceDraft, workspacePatch } from './workspace.ts';
export type { Workspace, WorkspaceDraft, WorkspacePatch } from './workspace.ts';
export { teamDraft, teamPatch } from './team.ts';
export type { Team, TeamDraft, TeamPatch } from './team.ts';
export { viewDraft, viewPatch, viewVisibilities } from './view.ts';
export type { View, ViewDraft, ViewPatch } from './view.ts';
export { designDraft, designSchemaVersion, designTypes, designVisibilities, unusedDesign } from './design-record.ts';
export type { DesignDraft, DesignPatch, DesignRecord } from './design-record.ts';
export { controllersConfig } from './controllers-config.ts';
export type { ControllersConfig } from './controllers-config.ts';
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
export {
  connectionStatus,
  connectionStatuses,
  firstStatuses,
  lifeFrom,
  mayFollow,
  shortestWay,
  statusOfEvent,
} from './connection-status.ts';
export type {
  ConnectionEvent,
  ConnectionStatus,
  NextStatus,
  StatusChange,
  TransitionMap,
} from './connection-status.ts';
export { builtInConnectionDefinitions } from './built-in-connections.ts';
export { ownConnectionDefinition } from './connection-definition.ts';
export type {
  ConnectionDefinition,
  ConnectionDefinitionDraft,
  OwnConnectionDefinition,
  ServiceLabel,
} from './connection-definition.ts';
export type { JsonSchema } from './credential-schemas.ts';
export { connectionDraft, connectionSchemaVersion, connectionPatch, registrationEvent } from './connection.ts';
export type {
  Connection,
  ConnectionDraft,
  ConnectionOrigin,
  ConnectionPatch,
  RegistrationEvent,
} from './connection.ts';
export { credentialDraft, credentialPatch, secret } from './credential.ts';
export type { Credential, CredentialDraft, CredentialPatch, Secret } from './credential.ts';
export { emptyProfile, isRole, roles, userDraft, userPatch, userStatuses } from './user.ts';
export type { Role, User, UserDraft, UserPatch, UserPlace, UserPlaces, UserProfile, UserStatus } from './user.ts';
export { preferencePatch } from './preference.ts';
export type { Preference, PreferencePatch } from './preference.ts';
export { performanceTestConfigDraft } from './performance-test-config.ts';
export type { PerformanceTestConfig, PerformanceTestConfigDraft } from './performance-test-config.ts';
export type { PermissionKey } from './permission-key.ts';
export { keychainDraft, keychainPatch, roleDraft } from './keychain.ts';
export type { Keychain, KeychainDraft, KeychainPatch, MadeRole, OrganizationRole, RoleDraft } from './keychain.ts';
export { serviceTokenDraft } from './service-token.ts';
export type { ServiceToken, ServiceTokenDraft } from './service-token.ts';
export { capabilitySchemaVersion } from './capability.ts';
export type { Capability } from './capability.ts';
export { categoryNames } from './category.ts';
export type { Category } from './category.ts';
export { componentDraft, componentSchemaVersion } from './component.ts';
export type { Component, ComponentDraft } from './component.ts';
export { modelDraft, modelSchemaVersion } from './model.ts';
export type { Model, ModelDraft } from './model.ts';
export { policyDraft } from './policy.ts';
export type { Policy, PolicyDraft } from './policy.ts';
export { registrantDraft } from './registrant.ts';
export type { Registrant, RegistrantDraft } from './registrant.ts';
export { relationshipDraft, relationshipSchemaVersion } from './relationship.ts';
export type { Relationship, RelationshipDraft } from './relationship.ts';
export type { Selectors } from './selector.ts';
export { catalogData } from './catalog.ts';
export type { CatalogData } from './catalog.ts';
export { filterDraft } from './filter.ts';
export type { Filter, FilterDraft } from './filter.ts';
export type { PatternResource } from './pattern-resource.ts';
export { performanceProfileDraft } from './performance-profile.ts';
export type { PerformanceProfile, PerformanceProfileDraft, PerformanceResult } from './performance-profile.ts';
export { scheduleDraft } from './schedule.ts';
export type { Schedule, ScheduleDraft } from './schedule.ts';
export {
  designFile,
  evaluationAction,
  evaluationRequest,
  evaluationResponse,
  evaluationVersion,
} from './evaluation.ts';
export type { DesignFile, EvaluationAction, EvaluationRequest, EvaluationResponse } from './evaluation.ts';
