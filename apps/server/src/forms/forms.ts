import { address, choice, file, form, line, nameField, secret, widgets } from './form-parts.ts';
import type { Form } from './form-parts.ts';

const described = (of: string) => line('Description', `What ${of} is for.`);
const organization = line('Organization', 'The organization that it belongs to.', { enum: [] });

/** An import: from a file, or from an address. */
function importForm(title: string, of: string, accept: string, more: Parameters<typeof form>[1] = {}): Form {
  const properties = {
    name: nameField(of),
    ...more,
    file: file('File', `The ${of} as a file of this computer.`),
    url: address('URL', `Where the server can fetch the ${of}.`),
  };
  const { rjsfSchema, uiSchema } = form(title, properties, ['name'], { file: widgets.file(accept) });
  return { rjsfSchema: { ...rjsfSchema, anyOf: [{ required: ['file'] }, { required: ['url'] }] }, uiSchema };
}

function ownedForm(title: string, of: string): Form {
  const properties = { name: nameField(of), description: described(of), organization };
  return form(title, properties, ['name', 'organization'], { description: widgets.area });
}

const designTypes = ['Design', 'Kubernetes Manifest', 'Helm Chart', 'Docker Compose', 'Kustomize'];
const archives = '.yaml,.yml,.json,.tgz,.tar.gz,.zip';

/** The forms of the dashboard by the names that published clients ask for. */
export const forms: ReadonlyMap<string, Form> = new Map([
  ['application', importForm('Import application', 'application', archives)],
  [
    'design',
    importForm('Import design', 'design', archives, { type: choice('Type', 'What is imported.', designTypes) }),
  ],
  [
    'filter',
    importForm('Import filter', 'filter', '.wasm', {
      config: line('Configuration', 'What the filter is started with.'),
    }),
  ],
  ['environment', ownedForm('Environment', 'environment')],
  ['workspace', ownedForm('Workspace', 'workspace')],
  ['model', importForm('Import model', 'model', '.tar,.tar.gz,.tgz,.json,.yaml,.yml')],
  [
    'generate',
    form(
      'Generate model',
      {
        name: nameField('the model'),
        registrant: choice('Source', 'Where the definitions come from.', ['github', 'artifacthub']),
        url: address('URL', 'Repository or package to read.'),
      },
      ['name', 'registrant', 'url'],
    ),
  ],
  ['publish', publishForm()],
  [
    'helmRepo',
    form(
      'Helm repository',
      {
        name: nameField('the repository'),
        description: described('the repository'),
        url: address('URL', 'Address of the repository, without /index.yaml.'),
      },
      ['name', 'url'],
    ),
  ],
  ['prometheus', credentialForm('Prometheus', { username: line('User', 'For basic authentication.') }, 'password')],
  ['grafana', credentialForm('Grafana', {}, 'secret')],
  [
    'kubernetes',
    credentialForm('Kubernetes', { clusterServerURL: address('API server', 'Address of the API server.') }, 'token'),
  ],
  [
    'helpAndSupport',
    form(
      'Help and support',
      {
        subject: line('Subject', 'One sentence that says what it is about.', { minLength: 1, maxLength: 256 }),
        message: line('Message', 'What you did, what you expected, and what happened.', { minLength: 1 }),
      },
      ['subject', 'message'],
      { message: widgets.area },
    ),
  ],
]);

function credentialForm(of: string, more: Parameters<typeof form>[1], secretName: string): Form {
  const properties = {
    name: nameField('the credential'),
    ...more,
    [secretName]: secret('Secret', `What ${of} is asked with; it is kept sealed and never shown again.`),
  };
  return form(`${of} credential`, properties, ['name', secretName], { [secretName]: widgets.hidden });
}

function publishForm(): Form {
  const types = [
    'Deployment',
    'Observability',
    'Resiliency',
    'Scaling',
    'Security',
    'Traffic management',
    'Troubleshooting',
    'Workloads',
  ];
  const compatibility = { type: 'array', title: 'Technology', description: 'Models that it works with.' };
  const properties = {
    type: choice('Type', 'What it is for.', types),
    compatibility: { ...compatibility, items: { type: 'string' }, uniqueItems: true },
    pattern_info: line('What it does', 'How it behaves, for people who look for it.', { minLength: 1 }),
    pattern_caveats: line('Considerations', 'What one should know before using it.', { minLength: 1 }),
  };
  const ui = { pattern_info: widgets.area, pattern_caveats: widgets.area };
  return form('Publish to the catalog', properties, ['type', 'compatibility', 'pattern_info', 'pattern_caveats'], ui);
}
