export { exec } from './exec.ts';
export type { ExecOutput, ExecStream, ExecTarget } from './exec.ts';
export { followLogs } from './follow-logs.ts';
export type { LogTarget } from './follow-logs.ts';
export type { Impersonation, PodTarget } from './pod-target.ts';
export { portForward } from './port-forward.ts';
export type { PortTarget } from './port-forward.ts';
