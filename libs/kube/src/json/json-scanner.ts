const quote = 0x22;
const backslash = 0x5c;

/** Answer of `skipValue` when the text is not JSON. */
export const malformed = -1;
/** Answer of `skipValue` when containers nest deeper than allowed. */
export const tooDeep = -2;

/**
 * Position after the JSON value that starts at `at`, found by bracket and quote counting only: the value is not decoded,
 * so its digits and escapes stay what they are. Answers `malformed` or `tooDeep` instead of throwing.
 */
export function skipValue(bytes: Uint8Array, at: number, maxDepth: number): number {
  const first = bytes[at];
  if (first === quote) return skipString(bytes, at);
  if (first === 0x7b || first === 0x5b) return skipContainer(bytes, at, maxDepth);
  return skipLiteral(bytes, at);
}

/** Bytes of a string that are looked at one by one; for the rest of a longer one a native search is faster. */
const shortString = 48;

/** Position after the string whose opening quote is at `at`; `malformed` when it has no end. */
export function skipString(bytes: Uint8Array, at: number): number {
  const near = Math.min(bytes.length, at + shortString);
  let i = at + 1;
  for (; i < near; i += 1) {
    const byte = bytes[i];
    if (byte === quote) return i + 1;
    if (byte === backslash) i += 1;
  }
  return skipLongString(bytes, i);
}

/** The same from within a string, at a byte that no backslash before it escapes. */
function skipLongString(bytes: Uint8Array, from: number): number {
  for (let end = bytes.indexOf(quote, from); end !== -1; end = bytes.indexOf(quote, end + 1)) {
    let escapes = 0;
    while (end - escapes > from && bytes[end - escapes - 1] === backslash) escapes += 1;
    if (escapes % 2 === 0) return end + 1;
  }
  return malformed;
}

/** Position of the next byte that is not white space. */
export function skipSpace(bytes: Uint8Array, at: number): number {
  let i = at;
  for (let byte = bytes[i]; byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09; byte = bytes[i]) i += 1;
  return i;
}

function skipContainer(bytes: Uint8Array, at: number, maxDepth: number): number {
  const end = bytes.length;
  let depth = 0;
  for (let i = at; i < end; i += 1) {
    const byte = bytes[i] as number;
    if (byte === quote) {
      i = skipString(bytes, i) - 1;
      if (i < 0) return malformed;
      continue;
    }
    // '[' 5b, ']' 5d, '{' 7b, '}' 7d: bit 5 tells brackets from braces, so one comparison finds each pair.
    const bracket = byte | 0x20;
    if (bracket === 0x7b) {
      depth += 1;
      if (depth > maxDepth) return tooDeep;
    } else if (bracket === 0x7d) {
      depth -= 1;
      if (depth === 0) return i + 1;
    }
  }
  return malformed;
}

function skipLiteral(bytes: Uint8Array, at: number): number {
  let i = at;
  for (let byte = bytes[i]; byte !== undefined && !isDelimiter(byte); byte = bytes[i]) i += 1;
  return i === at ? malformed : i;
}

function isDelimiter(byte: number): boolean {
  return byte === 0x2c || byte === 0x7d || byte === 0x5d || byte <= 0x20 || byte === 0x3a;
}

/**
 * Reads one member: gets where its key lies (quotes included) and where its value starts, and answers the position after
 * the value (usually `skipValue`), or a negative number to give up.
 */
export type ReadMember = (keyStart: number, keyEnd: number, valueStart: number) => number;

/** Calls `read` for every member of the object that starts at `at`; answers the position after it, or what gave up. */
export function eachMember(bytes: Uint8Array, at: number, read: ReadMember): number {
  if (bytes[at] !== 0x7b) return malformed;
  let i = skipSpace(bytes, at + 1);
  if (bytes[i] === 0x7d) return i + 1;
  for (;;) {
    if (bytes[i] !== quote) return malformed;
    const keyEnd = skipString(bytes, i);
    if (keyEnd < 0) return keyEnd;
    const colon = skipSpace(bytes, keyEnd);
    if (bytes[colon] !== 0x3a) return malformed;
    const valueEnd = read(i, keyEnd, skipSpace(bytes, colon + 1));
    if (valueEnd < 0) return valueEnd;
    const next = skipSpace(bytes, valueEnd);
    if (bytes[next] === 0x7d) return next + 1;
    if (bytes[next] !== 0x2c) return malformed;
    i = skipSpace(bytes, next + 1);
  }
}
