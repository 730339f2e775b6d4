import { buildBundles, ensureTestNeeds } from '@meshery/testing';
import { benchColdStart } from './benches/cold-start.ts';
import { benchCrd } from './benches/crd.ts';
import { benchGraphqlPage } from './benches/graphql-page.ts';
import { benchImageStart } from './benches/image-start.ts';
import { benchExport } from './benches/export.ts';
import { benchFleetEmbedded } from './benches/fleet-embedded.ts';
import { benchFleet } from './benches/fleet.ts';
import { benchFanout } from './benches/fanout.ts';
import { benchFreshness } from './benches/freshness.ts';
import { benchList } from './benches/list.ts';
import { benchMemory } from './benches/memory.ts';
import { benchOperator, operatorNames } from './benches/operator.ts';
import { benchRestAuth } from './benches/rest-auth.ts';
import { benchRestart } from './benches/restart.ts';
import { benchStorm } from './benches/storm.ts';
import { benchSync, syncNames } from './benches/sync.ts';
import { type BenchName, type BenchRow, benchNames, failedRow } from './report.ts';
import { BenchSession, type Effort } from './session.ts';

/** Some benchmarks that run together, in the order that starts the fewest clusters. */
interface Group {
  readonly names: readonly BenchName[];
  readonly run: (session: BenchSession, wanted: readonly BenchName[]) => Promise<BenchRow[]>;
}

const groups: readonly Group[] = [
  { names: syncNames, run: benchSync },
  { names: ['export'], run: benchExport },
  { names: ['crd'], run: benchCrd },
  { names: ['freshness'], run: benchFreshness },
  { names: ['restart'], run: benchRestart },
  { names: ['memory'], run: benchMemory },
  { names: ['list'], run: benchList },
  { names: ['graphql-page'], run: benchGraphqlPage },
  { names: ['cold-start'], run: benchColdStart },
  { names: operatorNames, run: benchOperator },
  { names: ['storm'], run: benchStorm },
  { names: ['meshsync-image-start'], run: benchImageStart },
  { names: ['fleet'], run: benchFleet },
  { names: ['fleet-embedded'], run: benchFleetEmbedded },
  { names: ['fanout'], run: benchFanout },
  { names: ['rest-auth'], run: benchRestAuth },
];

/** Who hears of lines and rows as they come. */
export interface BenchListener {
  readonly say: (line: string) => void;
  readonly onRow: (row: BenchRow) => void;
}

/** Runs benchmarks; one that cannot run gives a failed row with the reason and counts as a failure. */
export async function runBenches(
  wanted: readonly BenchName[],
  effort: Effort,
  { say, onRow }: BenchListener,
): Promise<{ readonly rows: readonly BenchRow[]; readonly failures: number }> {
  await ensureTestNeeds(['tools', 'cluster', 'nats', 'load'], { say });
  await buildBundles(['server', 'meshsync', 'broker-bridge', 'operator']);
  const session = new BenchSession(effort, say);
  const rows: BenchRow[] = [];
  let failures = 0;
  try {
    for (const group of groups) {
      const names = group.names.filter((name) => wanted.includes(name));
      if (names.length === 0) continue;
      const started = performance.now();
      const found = await group.run(session, names).catch(async (error: unknown) => {
        failures += names.length;
        await session.spoil();
        return names.map((name) => failedRow(name, error));
      });
      say(`${names.join(', ')}: took ${((performance.now() - started) / 1000).toFixed(0)} s`);
      for (const row of found) onRow(row);
      rows.push(...found);
    }
  } finally {
    await session.close();
  }
  return {
    rows: rows.toSorted((one, other) => benchNames.indexOf(one.name) - benchNames.indexOf(other.name)),
    failures,
  };
}
