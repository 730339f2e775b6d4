import { fileURLToPath } from 'node:url';
import type { NextConfig } from 'next';

const workspaceRoot = fileURLToPath(new URL('../..', import.meta.url));

/** A static export that the server serves from `/provider`; types are checked by `npm run typecheck`. */
const config: NextConfig = {
  output: 'export',
  basePath: '/provider',
  reactStrictMode: true,
  poweredByHeader: false,
  productionBrowserSourceMaps: false,
  typescript: { ignoreBuildErrors: true },
  turbopack: { root: workspaceRoot },
};

export default config;
