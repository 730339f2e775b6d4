import type { PerformanceTestConfig, ServiceToken } from '@meshery/object-model';
import { EntitySchema } from 'typeorm';
import { json, recordColumns, text } from './columns.ts';

/** A token for a program with what it is recognized by. */
export interface ServiceTokenRecord extends ServiceToken {
  /** SHA-256 of the token, base64. */
  readonly hash: string;
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
