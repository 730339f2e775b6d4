'use client';

import CssBaseline from '@mui/material/CssBaseline';
import { ThemeProvider } from '@mui/material/styles';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { NextIntlClientProvider } from 'next-intl';
import { useState, type ReactNode } from 'react';
import messages from '../../../messages/en.json';
import { ApiError } from '@meshery/client';
import { StyleRegistry } from '../../theme/style-registry.tsx';
import { theme } from '../../theme/theme.ts';

/** Repeats what may pass by itself: no answer, or a server that is starting or overloaded. */
function retryable(failures: number, reason: Error): boolean {
  if (failures >= 2) return false;
  return !(reason instanceof ApiError) || reason.fields.status === 0 || reason.fields.status >= 500;
}

function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: { queries: { retry: retryable, retryDelay: 500, staleTime: 5_000, refetchOnWindowFocus: true } },
  });
}

function timeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Everything a page needs around it: styles, theme, words, server state. */
export function Providers({ children }: { children: ReactNode }) {
  const [queryClient] = useState(createQueryClient);
  return (
    <StyleRegistry>
      <ThemeProvider theme={theme} defaultMode="system">
        <CssBaseline enableColorScheme />
        <NextIntlClientProvider locale="en" messages={messages} timeZone={timeZone()}>
          <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
        </NextIntlClientProvider>
      </ThemeProvider>
    </StyleRegistry>
  );
}
