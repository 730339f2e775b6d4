import '@fontsource-variable/inter/wght.css';
import './globals.css';
import InitColorSchemeScript from '@mui/material/InitColorSchemeScript';
import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import { Providers } from '../features/shell/providers.tsx';
import { colorSchemeAttribute } from '../theme/color-scheme.ts';

export const metadata: Metadata = {
  title: 'Meshery',
  description: 'Everything in your clusters, live',
};

export const viewport: Viewport = { width: 'device-width', initialScale: 1, colorScheme: 'light dark' };

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en" suppressHydrationWarning>
      <body>
        <InitColorSchemeScript attribute={`[${colorSchemeAttribute}="%s"]`} defaultMode="system" />
        <Providers>{children}</Providers>
      </body>
    </html>
  );
}
