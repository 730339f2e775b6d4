export { InstalledScene, type Installer } from '@meshery/testing';
