/** An error in place of a value of a subscription: only what a field throws reaches the client with its code. */
class Failure {
  readonly error: unknown;

  constructor(error: unknown) {
    this.error = error;
  }
}

/**
 * The values of a subscription; what making or reading them throws comes as the last one. Ending it ends its source at
 * once, also while that waits for a value.
 */
export function codedSequence(make: () => AsyncIterable<unknown>): AsyncIterableIterator<unknown> {
  try {
    return withFailure(make());
  } catch (error) {
    return onlyFailure(error);
  }
}

/** A value of such a sequence; throws what came in place of one. */
export function valueOf<T>(value: T): T {
  if (value instanceof Failure) throw value.error;
  return value;
}

function withFailure(values: AsyncIterable<unknown>): AsyncIterableIterator<unknown> {
  const source = values[Symbol.asyncIterator]();
  let isOver = false;
  return {
    next: async () => {
      if (isOver) return { done: true, value: undefined };
      return source.next().catch((error: unknown) => {
        isOver = true;
        return { done: false, value: new Failure(error) };
      });
    },
    return: async () => {
      isOver = true;
      await source.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

async function* onlyFailure(error: unknown): AsyncGenerator<Failure> {
  yield await Promise.resolve(new Failure(error));
}
