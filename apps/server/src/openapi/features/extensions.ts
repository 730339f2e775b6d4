import type { Description, Feature } from '../description.ts';

const methods = ['GET', 'POST', 'PUT', 'DELETE'];

/** What goes through to the provider is the provider's own; nothing is known of it here. */
function passed(path: string, summary: string): Feature['routes'] {
  return Object.assign({}, ...methods.map((method) => described(method, path, summary))) as Feature['routes'];
}

function described(method: string, path: string, summary: string): Feature['routes'] {
  const description: Description = { summary, status: 200, errors: [400, 404] };
  return { [`${method} ${path}`]: description, [`${method} ${path}/*`]: description };
}

/** What the provider of whoever is signed in adds. */
export const extensions: Feature = {
  tag: 'Extensions',
  about: 'What the provider of whoever is signed in adds to this server.',
  routes: {
    'GET /api/provider/capabilities': { summary: 'Read what the provider offers' },
    'GET /api/extension/version': { summary: 'Read the version of the package of the provider', errors: [404] },
    'POST /api/provider/extension/install': { summary: 'Install the package of the provider', errors: [404] },
    'POST /api/provider/extension/remove': { summary: 'Remove the package of the provider', errors: [404] },
    ...passed('/api/provider/extension', 'Use a part of the package of the provider'),
    ...described(
      'POST',
      '/api/provider/extension',
      'Use a part of the provider; all but a GraphQL query needs the role "editor"',
    ),
    ...passed('/api/extensions', 'Ask the provider'),
  },
};
