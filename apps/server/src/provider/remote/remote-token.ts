/** The parts of the cookie `token` of a remote provider. */
export interface RemoteToken {
  readonly access: string;
  readonly refresh: string | undefined;
}

/** Reads unpadded base64 of a JSON token response; anything else is the access token itself. */
export function readRemoteToken(text: string): RemoteToken {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(text, 'base64').toString('utf8'));
    const { access_token: access, refresh_token: refresh } = parsed as Readonly<Record<string, unknown>>;
    if (typeof access === 'string') return { access, refresh: typeof refresh === 'string' ? refresh : undefined };
  } catch {
    // Not the encoded form.
  }
  return { access: text, refresh: undefined };
}
