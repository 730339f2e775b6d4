import type { Description, Feature } from '../description.ts';

const methods = ['GET', 'POST', 'PUT', 'DELETE'];

/** What goes through to the provider is the provider's own; nothing is known of it here. */
function passed(path: string, summary: string): Feature['routes'] {
  const paths = [path, `${path}/*`];
  const keys = paths.flatMap((each) => methods.map((method) => `${method} ${each}`));
  return Object.fromEntries(keys.map((key): [string, Description] => [key, { summary, status: 200 }]));
}

/** What the provider of whoever is signed in adds. */
export const extensions: Feature = {
  tag: 'Extensions',
  about: 'What the provider of whoever is signed in adds to this server.',
  routes: {
    'GET /api/provider/capabilities': { summary: 'Read what the provider offers' },
    'GET /api/extension/version': { summary: 'Read the version of the package of the provider' },
    'POST /api/provider/extension/install': { summary: 'Install the package of the provider' },
    'POST /api/provider/extension/remove': { summary: 'Remove the package of the provider' },
    ...passed('/api/provider/extension', 'Use a part of the package of the provider'),
    ...passed('/api/extensions', 'Ask the provider'),
  },
};
