import { makePage } from './page-file.ts';
import type { ServedFile } from './page-file.ts';

/** The sign-in page for a server without an exported dashboard: words only, no script. */
export function plainProviderPage(): ServedFile {
  return makePage(
    Buffer.from(`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Sign in to Meshery</title>
<style>body{font:1rem/1.5 system-ui;margin:10vh auto;max-width:40rem;padding:0 1rem;color-scheme:light dark}</style></head>
<body><main><h1>Sign in to Meshery</h1>
<p>Open the sign-in link that the server printed when it started. It is good once, for 60 seconds.</p>
<p>For a new link, restart the server. In a terminal on the same machine, <code>mesheryctl system login</code> signs in as well.</p>
</main></body></html>
`),
  );
}
