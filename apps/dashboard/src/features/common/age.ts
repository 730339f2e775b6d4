const units = [
  { seconds: 86_400 * 365, name: 'y' },
  { seconds: 86_400, name: 'd' },
  { seconds: 3_600, name: 'h' },
  { seconds: 60, name: 'm' },
  { seconds: 1, name: 's' },
] as const;

/** The time since a moment in its greatest unit, such as `4d`; empty when the moment is unknown. */
export function formatAge(rfc3339: string, now: number): string {
  const then = Date.parse(rfc3339);
  if (Number.isNaN(then)) return '';
  const seconds = Math.max(0, Math.floor((now - then) / 1_000));
  const unit = units.find((candidate) => seconds >= candidate.seconds);
  return unit === undefined ? '0s' : `${String(Math.floor(seconds / unit.seconds))}${unit.name}`;
}
