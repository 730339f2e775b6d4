import { createTheme } from '@mui/material/styles';
import { colorSchemeAttribute } from './color-scheme.ts';

const fontFamily = "'Inter Variable', system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', sans-serif";

const light = {
  primary: { main: '#00695c', contrastText: '#ffffff' },
  background: { default: '#f6f7f8', paper: '#ffffff' },
  text: { primary: '#16191d', secondary: '#535c66' },
  divider: '#e1e4e8',
  success: { main: '#1b6e3c' },
  warning: { main: '#8a5300' },
  error: { main: '#b3261e' },
  info: { main: '#0b5cad' },
};

const dark = {
  primary: { main: '#4fd1ba', contrastText: '#05211c' },
  background: { default: '#0f1215', paper: '#171b1f' },
  text: { primary: '#e6e9ec', secondary: '#9fa9b3' },
  divider: '#2a3036',
  success: { main: '#6fd394' },
  warning: { main: '#f0b45c' },
  error: { main: '#ff8a80' },
  info: { main: '#7db8f5' },
};

/** Dense and calm: small type, thin lines, colour only where it means something. */
export const theme = createTheme({
  cssVariables: { colorSchemeSelector: `[${colorSchemeAttribute}="%s"]` },
  colorSchemes: { light: { palette: light }, dark: { palette: dark } },
  shape: { borderRadius: 6 },
  spacing: 8,
  typography: {
    fontFamily,
    fontSize: 13,
    body1: { fontSize: '0.8125rem', lineHeight: 1.5 },
    body2: { fontSize: '0.8125rem', lineHeight: 1.5 },
    h1: { fontSize: '1rem', fontWeight: 650, letterSpacing: '-0.01em' },
    h2: { fontSize: '0.9375rem', fontWeight: 650, letterSpacing: '-0.005em' },
    h3: { fontSize: '0.75rem', fontWeight: 600, letterSpacing: '0.01em' },
    button: { textTransform: 'none', fontWeight: 550 },
    caption: { fontSize: '0.75rem' },
  },
  components: {
    MuiButtonBase: { defaultProps: { disableRipple: true } },
    MuiButton: { defaultProps: { disableElevation: true, size: 'small' } },
    MuiPaper: { styleOverrides: { root: { backgroundImage: 'none' } } },
    MuiTooltip: { defaultProps: { arrow: true, enterDelay: 400 } },
    MuiChip: { styleOverrides: { root: { borderRadius: 5 } } },
    MuiOutlinedInput: {
      styleOverrides: {
        root: ({ theme: { vars } }) => ({ backgroundColor: vars.palette.background.paper }),
      },
    },
    MuiTableCell: { styleOverrides: { root: ({ theme: { vars } }) => ({ borderColor: vars.palette.divider }) } },
    MuiTab: { styleOverrides: { root: { minHeight: 38, padding: '8px 12px' } } },
    MuiTabs: { styleOverrides: { root: { minHeight: 38 } } },
  },
});
