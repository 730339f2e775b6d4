import type { Database } from 'better-sqlite3';
import type { ComponentState } from '../component-state.ts';
import { componentSql, sightingValues } from '../shared/component-sql.ts';
import type { ComponentWork } from '../shared/component-sql.ts';

const sql = componentSql({ table: 'components', greater: 'max', parameter: () => '?' });

/** Merges what was noted of components, inside the transaction of the caller. */
export function noteComponents(db: Database, { sightings, limits }: Omit<ComponentWork, 'type'>): void {
  const note = db.prepare(sql.note);
  for (const sighting of sightings) note.run(...sightingValues(sighting));
  db.prepare(sql.forgetOld).run(limits.before);
  db.prepare(sql.forgetMany).run(limits.keep);
}

/** All components by kind and location. */
export function readComponents(db: Database): ComponentState[] {
  const rows = db.prepare<unknown[], Omit<ComponentState, 'isFailing'> & { isFailing: number }>(sql.select).all();
  return rows.map((row) => ({ ...row, isFailing: row.isFailing === 1 }));
}
