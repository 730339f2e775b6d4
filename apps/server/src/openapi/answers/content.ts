import { catalogData, designTypes, designVisibilities, viewVisibilities } from '@meshery/object-model';
import type { DesignRecord, Environment, Team, View, Workspace } from '@meshery/object-model';
import { z } from 'zod';
import { named, pageOf } from '../description.ts';
import { describedFields, free, ownedFields } from './fields.ts';

/** See `Environment`. */
export const environment = named(
  'Environment',
  z.object({ ...describedFields, schemaVersion: z.exactOptional(z.string()) }) satisfies z.ZodType<Environment>,
);
/** See `Workspace`. */
export const workspace = named('Workspace', z.object(describedFields) satisfies z.ZodType<Workspace>);
/** See `Team`. */
export const team = named('Team', z.object(describedFields) satisfies z.ZodType<Team>);

const viewFields = { ...ownedFields, name: z.string(), visibility: z.enum(viewVisibilities) };
/** See `View`. */
export const view = named('View', z.object({ ...viewFields, filters: free, metadata: free }) satisfies z.ZodType<View>);

const designFields = {
  ...{ ...ownedFields, name: z.string(), visibility: z.enum(designVisibilities), patternFile: z.string() },
  ...{ designType: z.enum(designTypes), sourceContent: z.string(), location: free },
};
const count = z.int();
const designCounts = {
  ...{ viewCount: count, downloadCount: count, cloneCount: count, deploymentCount: count, shareCount: count },
};
/** See `DesignRecord`. */
export const design = named(
  'Design',
  z.object({ ...designFields, ...designCounts, catalogData: catalogData.nullable() }) satisfies z.ZodType<DesignRecord>,
);
/** A page of environments. */
export const environmentPage = pageOf('environments', environment);
/** A page of workspaces. */
export const workspacePage = pageOf('workspaces', workspace);
/** A page of teams. */
export const teamPage = pageOf('teams', team);
/** A page of views. */
export const viewPage = pageOf('views', view);
/** A page of designs. */
export const designPage = pageOf('designs', design);
