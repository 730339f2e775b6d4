interface StatusDocument {
  readonly status?: unknown;
  readonly reason?: unknown;
  readonly message?: unknown;
  readonly details?: { readonly causes?: readonly { readonly reason?: unknown; readonly message?: unknown }[] };
}

/**
 * The exit code in the Status that ends an exec; undefined when the program did not start or did not end by itself, as
 * the message explains.
 */
export function exitCodeOf(body: Buffer): { readonly code: number | undefined; readonly message: string } {
  const text = body.toString('utf8');
  const { status, reason, message, details } = parse(text);
  const said = typeof message === 'string' ? message : text.slice(0, 300);
  if (status === 'Success') return { code: 0, message: said };
  const cause = details?.causes?.find((candidate) => candidate.reason === 'ExitCode');
  const code = reason === 'NonZeroExitCode' ? Number(cause?.message) : Number.NaN;
  return { code: Number.isInteger(code) ? code : undefined, message: said };
}

function parse(text: string): StatusDocument {
  try {
    return (JSON.parse(text) as StatusDocument | null) ?? {};
  } catch {
    return {};
  }
}
