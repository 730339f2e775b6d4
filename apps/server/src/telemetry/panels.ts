import { z } from 'zod';

/** Key of the metadata under which a connection keeps its panels. */
export const panelsKey = 'panels';

/** One panel of metrics: what it asks for; how it is drawn is the UI's to say. */
export const panel = z.looseObject({
  /** In PromQL. */
  query: z.string().min(1).max(4096),
  title: z.string().max(200).optional(),
});

/** All panels of a connection, in the order in which they are shown. */
export const panelList = z.object({ panels: z.array(panel).max(100) });

/** A panel as it is kept. */
export type Panel = z.infer<typeof panel>;

/** The panels of a connection; those that are no panels do not count. */
export function panelsOf(metadata: Readonly<Record<string, unknown>>): readonly Panel[] {
  const kept = metadata[panelsKey];
  return Array.isArray(kept) ? kept.flatMap((entry) => panel.safeParse(entry).data ?? []) : [];
}
