const style =
  'body{font:1rem/1.5 system-ui;margin:10vh auto;max-width:24rem;padding:0 1rem;color-scheme:light dark}label,input{display:block;width:100%}';

/** The form that asks for name and password; it goes back to the address that it came from. */
export function loginPage(message: string): { readonly html: string; readonly style: string } {
  const html = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Sign in</title>
<style>${style}</style></head>
<body><main><h1>Sign in</h1><p role="alert">${message}</p>
<form method="post"><label>Name<input name="name" autocomplete="username" required></label>
<label>Password<input name="password" type="password" autocomplete="current-password" required></label>
<p><button>Sign in</button></p></form></main></body></html>
`;
  return { html, style };
}
