import { waitUntil } from './wait-until.ts';

/**
 * Has something done in time, at least once within `timeoutMs`: a machine that is busy with something else for a moment
 * gets another turn. Each has a number of its own, for names that the one before left. Rejects with what the last one said.
 */
export async function inOneTurn(
  what: string,
  turn: (number: number) => Promise<unknown>,
  timeoutMs = 60_000,
): Promise<void> {
  let turns = 0;
  await waitUntil({ what, timeoutMs }, async () => {
    turns += 1;
    await turn(turns);
    return true;
  });
}
