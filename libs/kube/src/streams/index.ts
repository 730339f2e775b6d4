export type { Impersonation, PodTarget } from './pod-target.ts';
export { portForward } from './port-forward.ts';
export type { PortTarget } from './port-forward.ts';
