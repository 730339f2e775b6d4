/** The kind without its version: "deployments.apps" for "deployments.v1.apps". Names are unique within it. */
export function familyName(resource: string): string {
  const [plural = '', , ...group] = resource.split('.');
  return `${plural}.${group.join('.')}`;
}
