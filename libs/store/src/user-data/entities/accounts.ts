import type { PerformanceTestConfig, ServiceToken } from '@meshery/object-model';
import { EntitySchema } from 'typeorm';
import { json, linkColumn, recordColumns, text } from './columns.ts';

/** A token for a program with what it is recognized by. */
export interface ServiceTokenRecord extends ServiceToken {
  /** SHA-256 of the token, base64. */
  readonly hash: string;
}

/** The account of somebody whom an OpenID Connect issuer vouches for. */
export interface FederatedIdentityRecord {
  readonly issuer: string;
  /** Claim `sub`: the issuer's own id of the person. */
  readonly subject: string;
  readonly userId: string;
  /** What the issuer listed at the last sign-in. */
  readonly groupNames: readonly string[];
  readonly createdAt: string;
}

/** Tests that users keep to run them again. */
export const performanceTestConfigSchema = new EntitySchema<PerformanceTestConfig>({
  name: 'performanceTestConfig',
  tableName: 'performance_test_configs',
  columns: { ...recordColumns, owner: text(), name: text(), config: json() },
});

/** Tokens for programs. */
export const serviceTokenSchema = new EntitySchema<ServiceTokenRecord>({
  name: 'serviceToken',
  tableName: 'service_tokens',
  columns: {
    ...recordColumns,
    owner: text(),
    name: text(),
    role: text(),
    expiresAt: text('expires_at'),
    hash: text(),
  },
});

/** Accounts of people whom an OpenID Connect issuer vouches for. */
export const federatedIdentitySchema = new EntitySchema<FederatedIdentityRecord>({
  name: 'federatedIdentity',
  tableName: 'federated_identities',
  columns: {
    issuer: linkColumn('issuer'),
    subject: linkColumn('subject'),
    userId: text('user_id'),
    groupNames: json('group_names'),
    createdAt: text('created_at'),
  },
});
