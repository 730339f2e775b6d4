import type { ConfigFields } from '@meshery/config';
import { z } from 'zod';

const days = (fallback: number) => z.coerce.number().int().min(1).max(36_500).default(fallback);
const rows = (fallback: number) => z.coerce.number().int().min(1).max(100_000_000).default(fallback);

/** How long, and how much of, what happened is kept. */
export const retentionFields = {
  eventDays: { schema: days(30), env: 'MESHERY_EVENT_DAYS', description: 'days that events are kept' },
  eventCount: { schema: rows(100_000), env: 'MESHERY_EVENT_COUNT', description: 'events kept at most' },
  auditDays: { schema: days(400), env: 'MESHERY_AUDIT_DAYS', description: 'days that the audit log is kept' },
  auditCount: { schema: rows(1_000_000), env: 'MESHERY_AUDIT_COUNT', description: 'audit lines kept at most' },
  operationDays: {
    schema: days(30),
    env: 'MESHERY_OPERATION_DAYS',
    description: 'days that ended operations are kept',
  },
  operationCount: {
    schema: rows(10_000),
    env: 'MESHERY_OPERATION_COUNT',
    description: 'ended operations kept at most',
  },
  endedSessionDays: {
    schema: days(90),
    env: 'MESHERY_ENDED_SESSION_DAYS',
    description: 'days that sign-outs of remote sessions are remembered; not fewer than a provider renews a token',
  },
  endedSessionCount: {
    schema: rows(100_000),
    env: 'MESHERY_ENDED_SESSION_COUNT',
    description: 'sign-outs of remote sessions remembered at most',
  },
  componentDays: {
    schema: days(30),
    env: 'MESHERY_COMPONENT_DAYS',
    description: "days that states of Meshery's own components are kept",
  },
} as const satisfies ConfigFields;
