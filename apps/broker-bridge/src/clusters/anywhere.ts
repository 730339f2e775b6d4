import type { EgressRule } from '@meshery/security/egress';

/** Clusters and their brokers may be anywhere but where credentials of the machine are given away. */
export const anywhere: EgressRule = { allowsPrivate: true };
