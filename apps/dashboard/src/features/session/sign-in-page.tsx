'use client';

import Box from '@mui/material/Box';
import { useSyncExternalStore } from 'react';
import { TopBar } from '../shell/top-bar.tsx';
import { SignInCard } from './sign-in-card.tsx';

function never(): () => void {
  return () => undefined;
}

/** The page `/provider/`: how to sign in. The server sends a refused code back here with `?error=`. */
export function SignInPage() {
  const failed = useSyncExternalStore(
    never,
    () => new URLSearchParams(window.location.search).has('error'),
    () => false,
  );
  return (
    <Box sx={{ minHeight: '100dvh', display: 'flex', flexDirection: 'column' }}>
      <TopBar />
      <Box
        component="main"
        sx={{
          flex: 1,
          display: 'flex',
          justifyContent: 'center',
          p: 2,
          pt: { xs: 2, sm: 10 },
          alignItems: 'flex-start',
        }}
      >
        <SignInCard notice={failed ? 'wrongCode' : undefined} />
      </Box>
    </Box>
  );
}
