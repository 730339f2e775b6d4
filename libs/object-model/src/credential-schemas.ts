/** A JSON schema as forms are drawn from it. */
export type JsonSchema = Readonly<Record<string, unknown>>;

const secretText = (title: string, description: string): JsonSchema => ({
  type: 'string',
  title,
  description,
  format: 'password',
  writeOnly: true,
});

const server = (title: string, secret: JsonSchema): JsonSchema => ({
  type: 'object',
  title,
  properties: {
    secret,
    username: { type: 'string', title: 'User', description: 'With a password, instead of a token.' },
    password: secretText('Password', 'Password of that user.'),
  },
});

/** The forms of what connections sign in with, by kind. */
export const credentialSchemas = {
  kubernetes: {
    type: 'object',
    title: 'Kubernetes credential',
    required: ['kubeconfig'],
    properties: {
      kubeconfig: secretText('Kubeconfig', 'One context with everything that it needs inside of the text itself.'),
    },
  },
  prometheus: server('Prometheus credential', secretText('Token', 'A bearer token, or USER:PASSWORD.')),
  grafana: server('Grafana credential', secretText('Token', 'A service account token, or USER:PASSWORD.')),
  broker: {
    type: 'object',
    title: 'Broker credential',
    properties: {
      secret: secretText('Token', 'A token, or USER:PASSWORD.'),
      ca: {
        type: 'string',
        title: 'Authority',
        description: 'Certificate of the authority that signed its own, as PEM.',
      },
    },
  },
  github: {
    type: 'object',
    title: 'GitHub credential',
    required: ['secret'],
    properties: { secret: secretText('Token', 'A personal access token.') },
  },
} as const satisfies Readonly<Record<string, JsonSchema>>;
