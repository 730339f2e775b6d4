/** Takes one line of progress; the default writes it to stderr, since stdout carries results. */
export type Say = (line: string) => void;

/** Progress on stderr. */
export const sayOnStderr: Say = (line) => {
  process.stderr.write(`${line}\n`);
};

/** No progress: for tests. */
export const sayNothing: Say = () => undefined;

const BEAT_MS = 15_000;

/** Runs `work` between a line that says it begins and one that says how long it took; a beat while it lasts. */
export async function step<T>(say: Say, title: string, work: () => Promise<T>): Promise<T> {
  const started = Date.now();
  const elapsed = (): string => ((Date.now() - started) / 1000).toFixed(1);
  say(`${title} ...`);
  const beat = setInterval(() => {
    say(`${title} ... (${elapsed()} s)`);
  }, BEAT_MS);
  try {
    const result = await work();
    say(`${title}: done in ${elapsed()} s`);
    return result;
  } finally {
    clearInterval(beat);
  }
}
