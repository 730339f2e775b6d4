export { guardedLookup, requireEgress, requireEgressOf } from './egress-guard.ts';
export type { ResolveName } from './egress-guard.ts';
export type { EgressRule } from './egress-rules.ts';
