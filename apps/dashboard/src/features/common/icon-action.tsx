'use client';

import IconButton, { type IconButtonProps } from '@mui/material/IconButton';
import Tooltip from '@mui/material/Tooltip';

/** A button that shows only an icon; its name is required, and shown on hover and focus. */
export function IconAction({ label, ...props }: Omit<IconButtonProps, 'aria-label'> & { label: string }) {
  return (
    <Tooltip title={label}>
      <IconButton size="small" aria-label={label} {...props} />
    </Tooltip>
  );
}
