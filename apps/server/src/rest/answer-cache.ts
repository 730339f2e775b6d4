const maxAnswers = 1000;

/**
 * Answers as they were written, for as long as nothing changed. They are kept for one revision of what a provider
 * keeps, so that no change of a record, of a membership or of a role can leave one behind.
 */
export class AnswerCache {
  readonly #answers = new Map<string, string>();
  #revision: number | undefined;

  /** The answer for a key, which names who asks as well; made anew after any change, and always without a revision. */
  async answer(key: string, revision: number | undefined, make: () => Promise<object>): Promise<string> {
    if (revision !== this.#revision || this.#answers.size >= maxAnswers) this.#answers.clear();
    this.#revision = revision;
    const kept = this.#answers.get(key);
    if (kept !== undefined) return kept;
    const answer = JSON.stringify(await make());
    // What changed while it was made is of another revision by now.
    if (revision !== undefined && revision === this.#revision) this.#answers.set(key, answer);
    return answer;
  }
}
