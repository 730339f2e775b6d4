import type { Filter, PatternResource, PerformanceProfile, PerformanceResult, Schedule } from '@meshery/object-model';
import { EntitySchema } from 'typeorm';
import { json, optionalText, ownedColumns, recordColumns, text, truth } from './columns.ts';

const ofUser = { ...recordColumns, owner: text(), name: text() } as const;

/** When something is done again and again. */
export const scheduleSchema = new EntitySchema<Schedule>({
  name: 'schedule',
  tableName: 'schedules',
  columns: {
    ...ofUser,
    cronExpression: text('cron_expression'),
    lastRun: optionalText('last_run'),
    nextRun: optionalText('next_run'),
  },
});

/** Load tests that can be run again. */
export const performanceProfileSchema = new EntitySchema<PerformanceProfile>({
  name: 'performanceProfile',
  tableName: 'performance_profiles',
  columns: {
    ...ofUser,
    schedule: optionalText('schedule_id'),
    loadGenerators: json('load_generators'),
    endpoints: json(),
    serviceMesh: text('service_mesh'),
    concurrentRequest: { type: 'integer', name: 'concurrent_request' },
    qps: { type: 'integer' },
    duration: text(),
    requestHeaders: json('request_headers'),
    requestCookies: json('request_cookies'),
    requestBody: text('request_body'),
    contentType: text('content_type'),
    metadata: json(),
  },
});

/** What load tests found. */
export const performanceResultSchema = new EntitySchema<PerformanceResult>({
  name: 'performanceResult',
  tableName: 'performance_results',
  columns: {
    ...ofUser,
    mesh: text(),
    performanceProfile: text('performance_profile_id'),
    testId: text('test_id'),
    testStartTime: text('test_start_time'),
    runnerResults: json('runner_results'),
    serverMetrics: json('server_metrics'),
    serverBoardConfig: json('server_board_config'),
  },
});

/** WebAssembly modules for Envoy. */
export const filterSchema = new EntitySchema<Filter>({
  name: 'filter',
  tableName: 'filters',
  columns: {
    ...ownedColumns,
    name: text(),
    visibility: text(),
    filterFile: text('filter_file'),
    filterResource: text('filter_resource'),
    location: json(),
    catalogData: { ...json('catalog_data'), nullable: true },
  },
});

/** What deployments of designs made. */
export const patternResourceSchema = new EntitySchema<PatternResource>({
  name: 'patternResource',
  tableName: 'pattern_resources',
  columns: {
    ...ofUser,
    designId: text('design_id'),
    namespace: text(),
    type: text(),
    oamType: text('oam_type'),
    deleted: truth('deleted'),
  },
});
