import type { ComponentState } from '../component-state.ts';
import { componentSql, sightingValues } from '../shared/component-sql.ts';
import type { ComponentWork } from '../shared/component-sql.ts';
import type { PgClient, PgPool } from './pg-pool.ts';

const sql = componentSql({
  table: 'inventory.components',
  greater: 'greatest',
  parameter: (position) => `$${String(position)}`,
});

/** Merges what was noted of components, inside the transaction of the caller. */
export async function noteComponents(
  client: PgClient,
  { sightings, limits }: Omit<ComponentWork, 'type'>,
): Promise<void> {
  for (const sighting of sightings) await client.query(sql.note, sightingValues(sighting));
  await client.query(sql.forgetOld, [limits.before]);
  await client.query(sql.forgetMany, [limits.keep]);
}

/** All components by kind and location. */
export async function readComponents(pool: PgPool): Promise<ComponentState[]> {
  const { rows } = await pool.query<Omit<ComponentState, 'isFailing'> & { isFailing: number }>(sql.select);
  return rows.map((row) => ({ ...row, isFailing: row.isFailing === 1 }));
}
