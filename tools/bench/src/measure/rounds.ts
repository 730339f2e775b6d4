/** One way to do the work that is measured: ours or a reference. */
export interface Subject<Sample> {
  readonly name: string;
  /** Everything outside the clock happens here too; the sample carries what the clock said. */
  run(): Promise<Sample>;
}

/**
 * Runs the subjects one after the other, forwards and backwards in turn (A B B A ..), so that a machine that gets
 * slower hits all of them alike. Gives the samples of each subject, in the order of the rounds.
 */
export async function runRounds<Sample>(
  subjects: readonly Subject<Sample>[],
  rounds: number,
  onSample: (round: number, name: string, sample: Sample) => void,
): Promise<ReadonlyMap<string, readonly Sample[]>> {
  const samples = new Map<string, Sample[]>(subjects.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    const order = round % 2 === 0 ? subjects : subjects.toReversed();
    for (const subject of order) {
      const sample = await subject.run();
      samples.get(subject.name)?.push(sample);
      onSample(round, subject.name, sample);
    }
  }
  return samples;
}
