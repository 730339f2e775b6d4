import '@fontsource-variable/inter/wght.css';
import './globals.css';
import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';

export const metadata: Metadata = { title: 'Sign in to Meshery', description: 'Every way to sign in to this server' };

export const viewport: Viewport = { width: 'device-width', initialScale: 1, colorScheme: 'light dark' };

/** The dashboard keeps under this name which colours somebody chose; read before the first paint. */
const followDashboard = `try{var m=localStorage.getItem('mui-mode');if(m==='dark'||m==='light')document.documentElement.dataset.colorScheme=m}catch{}`;

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en" suppressHydrationWarning>
      <body>
        <script dangerouslySetInnerHTML={{ __html: followDashboard }} />
        {children}
      </body>
    </html>
  );
}
