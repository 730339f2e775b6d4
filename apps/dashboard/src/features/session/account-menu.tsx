'use client';

import AccountCircleOutlined from '@mui/icons-material/AccountCircleOutlined';
import Logout from '@mui/icons-material/Logout';
import Box from '@mui/material/Box';
import Divider from '@mui/material/Divider';
import ListItemIcon from '@mui/material/ListItemIcon';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import Typography from '@mui/material/Typography';
import { useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import { IconAction } from '../common/icon-action.tsx';
import { SignOutFailed } from './sign-out-failed.tsx';
import { useSignOut } from './use-sign-out.ts';
import { useUser } from './use-user.ts';

const paperSx = { border: '1px solid', borderColor: 'divider' };
/** The outline of the focus would be cut off at the edges of the menu. */
const itemSx = { '&:focus-visible': { outlineOffset: '-2px' } };

/** Who is signed in, and who vouches for it. */
function Identity() {
  const t = useTranslations('session');
  const { data: user, isError } = useUser();
  const provider = user === undefined ? '' : t('provider', { provider: user.provider });
  return (
    <Box component="li" role="presentation" sx={{ px: 2, pt: 0.5, pb: 1 }}>
      <Typography id="account-name" variant="h2" component="p" noWrap sx={{ maxWidth: 320 }}>
        {user?.name ?? t('account')}
      </Typography>
      <Typography variant="caption" component="p" sx={{ color: 'text.secondary' }}>
        {isError && user === undefined ? t('noName') : provider}
      </Typography>
    </Box>
  );
}

/** The account in the header: who is signed in, and the way out. */
export function AccountMenu() {
  const t = useTranslations('session');
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  const signOut = useSignOut();
  const name = useUser().data?.name;
  const close = (): void => setOpen(false);
  const leave = (): void => {
    close();
    signOut.mutate();
  };
  return (
    <>
      <IconAction
        ref={button}
        label={name === undefined ? t('account') : t('accountOf', { name })}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => setOpen(true)}
      >
        <AccountCircleOutlined fontSize="small" />
      </IconAction>
      <Menu
        open={isOpen}
        anchorEl={() => button.current}
        container={() => button.current?.parentElement ?? null}
        onClose={close}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        transformOrigin={{ vertical: 'top', horizontal: 'right' }}
        slotProps={{ paper: { sx: paperSx }, list: { dense: true, 'aria-labelledby': 'account-name' } }}
      >
        <Identity />
        <Divider component="li" sx={{ mb: 0.5 }} />
        <MenuItem disabled={signOut.isPending} onClick={leave} sx={itemSx}>
          <ListItemIcon>
            <Logout fontSize="small" />
          </ListItemIcon>
          {t('signOut')}
        </MenuItem>
      </Menu>
      {signOut.error !== null && (
        <SignOutFailed error={signOut.error} onRetry={signOut.mutate} onClose={signOut.reset} />
      )}
    </>
  );
}
