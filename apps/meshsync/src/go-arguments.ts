/** Flags as Go programs take them (`-output broker`, `-output=broker`) in the form with two dashes. */
export function withTwoDashes(argv: readonly string[]): readonly string[] {
  return argv.map((argument) => (/^-[A-Za-z][\w-]+(?:=.*)?$/s.test(argument) ? `-${argument}` : argument));
}

const unitMs: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

/** A Go duration ("1h30m", "300ms", "-1ns") in milliseconds; "-1" and "0" are numbers too. Undefined when it is none. */
export function parseGoDuration(text: string): number | undefined {
  const match = /^([+-]?)((?:\d+(?:\.\d+)?(?:ns|us|µs|ms|s|m|h))+|0|1)$/.exec(text.trim());
  if (match === null) return undefined;
  const [, sign = '', body = ''] = match;
  if (body === '1' && sign !== '-') return undefined;
  let total = body === '1' ? 1 : 0;
  for (const [, value = '0', unit = 'ms'] of body.matchAll(/(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)/g)) {
    total += Number(value) * (unitMs[unit] ?? 0);
  }
  return sign === '-' ? -total : total;
}
