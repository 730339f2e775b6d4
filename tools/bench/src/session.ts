import { type TempDir, loadAverage, makeTempDir } from '@meshery/testing';
import { type FixtureCluster, type FixtureName, startFixture } from './fixture/fixture.ts';
import { type ClusterFacts, readClusterFacts } from './measure/cluster-facts.ts';

/** A fixture that runs, and what kubectl says about it. */
export interface LoadedCluster extends FixtureCluster {
  readonly facts: ClusterFacts;
}

/** How much is measured. */
export interface Effort {
  /** Pairs of ours and reference. */
  readonly rounds: number;
  /** Seconds of freshness and of the storm. */
  readonly freshnessSeconds: number;
  readonly stormSeconds: number;
  /** Seconds of one run of a load; those of a closed loop are cut into pairs of one second. */
  readonly loadSeconds: number;
  /** Seconds that a program answers as fast as it can before its closed loop is measured. */
  readonly warmUpSeconds: number;
}

/** What counts. */
export const fullEffort: Effort = {
  rounds: 5,
  freshnessSeconds: 30,
  stormSeconds: 60,
  loadSeconds: 4,
  warmUpSeconds: 12,
};

/** For a developer who wants to see whether it runs at all; its figures mean little. */
export const quickEffort: Effort = {
  rounds: 1,
  freshnessSeconds: 5,
  stormSeconds: 10,
  loadSeconds: 2,
  warmUpSeconds: 2,
};

/** What all benchmarks of one run share: at most one cluster at a time, a folder, and a voice. Close it when done. */
export class BenchSession {
  readonly effort: Effort;
  readonly say: (line: string) => void;
  readonly dir: TempDir = makeTempDir('bench');
  #current: { readonly name: FixtureName; readonly cluster: LoadedCluster } | undefined;

  constructor(effort: Effort, say: (line: string) => void) {
    this.effort = effort;
    this.say = say;
  }

  /** The cluster with this fixture, started when it is not the one that runs; any other is stopped. */
  async cluster(name: FixtureName): Promise<LoadedCluster> {
    if (this.#current?.name === name) return this.#current.cluster;
    await this.spoil();
    const fixture = await startFixture(name, this.say);
    try {
      const cluster = { ...fixture, facts: await readClusterFacts(fixture.plane) };
      this.#current = { name, cluster };
      return cluster;
    } catch (error) {
      await fixture.stop();
      throw error;
    }
  }

  /** Ends the cluster that runs, because its objects are no longer those of the fixture. */
  async spoil(): Promise<void> {
    const stopping = this.#current?.cluster;
    this.#current = undefined;
    await stopping?.stop();
  }

  /** What every row says about the circumstances. */
  circumstances(): { readonly loadAverageAtStart: number } {
    return { loadAverageAtStart: loadAverage() };
  }

  async close(): Promise<void> {
    await this.spoil();
    this.dir.remove();
  }
}
