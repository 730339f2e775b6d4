import { componentDraft } from '@meshery/object-model';
import type { ComponentDraft, ModelDraft, RegistrantDraft } from '@meshery/object-model';
import type { FoundComponent } from './openapi-components.ts';

/** Who brings in what clusters define: one for all clusters, so that what they share is there once. */
export const clusterRegistrant: RegistrantDraft = {
  kind: 'kubernetes',
  name: 'kubernetes',
  type: 'platform',
  subType: 'orchestration',
};

const maxDescription = 4096;
/** What is drawn for all that clusters bring in: a cube. */
const cube = (color: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="${color}" stroke-width="2">` +
  '<path d="M12 2 21 7v10l-9 5-9-5V7zM3 7l9 5 9-5M12 12v10"/></svg>';
const primaryColor = '#326ce5';
const icons = { svgColor: cube(primaryColor), svgWhite: cube('#fff') };
const styles = { ...icons, primaryColor, secondaryColor: '#7aa1f0', svgComplete: '', shape: 'round-rectangle' };
const common = { version: 'v1.0.0', status: 'enabled', metadata: { ...icons, isAnnotation: false } } as const;

/** The model of Kubernetes itself in the version of a cluster. */
export function kubernetesModel(gitVersion: string): ModelDraft {
  const place = { category: 'Orchestration & Management', subCategory: 'Kubernetes' } as const;
  const description = 'What Kubernetes itself defines.';
  return { ...common, ...place, description, name: 'kubernetes', displayName: 'Kubernetes', modelVersion: gitVersion };
}

/** The model of a group of custom resources, or of an aggregated API server; its version is the preferred one, as a semantic one. */
export function groupModel(group: string, preferred: string): ModelDraft {
  const words = group.split(/[^a-z0-9]+/).filter((word) => word !== '');
  const name = words.join('-').slice(0, 256);
  const displayName = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' ');
  const place = { category: 'Uncategorized', subCategory: 'Uncategorized' } as const;
  const texts = { name, displayName: displayName.slice(0, 100), description: `What clusters define in ${group}.` };
  return { ...common, ...place, ...texts, modelVersion: semantic(preferred) };
}

/** `v1` is v1.0.0 and `v1beta2` is v1.0.0-beta.2, since published clients take nothing else for a version. */
function semantic(apiVersion: string): string {
  const [, major = '0', stage, minor = ''] = /^v(\d+)(?:([a-z]+)(\d*))?$/.exec(apiVersion) ?? [];
  return `v${major}.0.0${stage === undefined ? '' : `-${stage}.${minor}`}`;
}

/** A kind of a cluster as a component; undefined when its names are none. */
export function componentFrom(found: FoundComponent, apiVersion: string): ComponentDraft | undefined {
  const { kind, isNamespaced, schema } = found;
  const description = found.description.replaceAll('\0', '').slice(0, maxDescription);
  const state = { isNamespaced, isAnnotation: false, published: true, genealogy: '' };
  const metadata = { ...state, instanceDetails: {}, configurationUISchema: '' };
  const texts = { kind, apiVersion, displayName: kind, description };
  return componentDraft.safeParse({ ...texts, metadata, styles, schema }).data;
}
