/** A number whose digits a JavaScript number cannot keep. */
export class ExactNumber {
  readonly digits: string;

  constructor(digits: string) {
    this.digits = digits;
  }

  toString(): string {
    return this.digits;
  }
}

interface ReviverContext {
  readonly source?: string;
}

/** The third argument of revivers is newer than the type library. */
type SourceReviver = (key: string, value: unknown, context?: ReviverContext) => unknown;

function keepDigits(_key: string, value: unknown, context?: ReviverContext): unknown {
  const digits = context?.source;
  if (typeof value !== 'number' || digits === undefined || String(value) === digits) return value;
  return new ExactNumber(digits);
}

/** Parses JSON; numbers that would lose digits come as ExactNumber. Throws SyntaxError for anything else. */
export function parseLossless(text: string): unknown {
  const reviver: SourceReviver = keepDigits;
  return JSON.parse(text, reviver) as unknown;
}
