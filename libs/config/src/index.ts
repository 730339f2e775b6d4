export { describeSources, loadConfig, switchValue } from './load-config.ts';
export type {
  ConfigField,
  ConfigFields,
  ConfigInput,
  ConfigSource,
  ConfigValues,
  SourcesOf,
  LoadedConfig,
} from './load-config.ts';
export { helpText } from './help-text.ts';
