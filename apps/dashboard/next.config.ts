import { fileURLToPath } from 'node:url';
import type { NextConfig } from 'next';

const workspaceRoot = fileURLToPath(new URL('../..', import.meta.url));

/** A static export that the server serves from `/`; types are checked by `npm run typecheck`. */
const config: NextConfig = {
  output: 'export',
  trailingSlash: true,
  reactStrictMode: true,
  poweredByHeader: false,
  productionBrowserSourceMaps: false,
  images: { unoptimized: true },
  typescript: { ignoreBuildErrors: true },
  turbopack: { root: workspaceRoot },
};

export default config;
