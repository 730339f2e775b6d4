import { z } from 'zod';
import type { OwnedFields } from './fields.ts';
import { description, freeForm, givenName, recordId } from './fields.ts';
import { secret } from './credential.ts';
import { connectionStatus } from './connection-status.ts';
import type { ConnectionStatus } from './connection-status.ts';

const maxWord = 64;
const maxUrl = 2048;

/** Version of the form of a connection, and of its definition. */
export const connectionSchemaVersion = 'connections.meshery.io/v1beta3';

/** Who brought a connection in: a user, discovery, or the start of the server for a context of its own kubeconfig. */
export type ConnectionOrigin = 'user' | 'discovery' | 'start';

/** A place that Meshery knows and may use: a cluster, a Prometheus, an adapter (connections.meshery.io/v1beta3). */
export interface Connection extends OwnedFields {
  readonly name: string;
  readonly description: string;
  readonly kind: string;
  readonly type: string;
  readonly subType: string;
  /** Id of the definition of its kind, where that is kept beside it. */
  readonly definitionId?: string | null;
  readonly status: ConnectionStatus;
  /** Empty when it has none. */
  readonly url: string;
  /** Id of what it signs in with. */
  readonly credentialId?: string | null;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly styles: Readonly<Record<string, unknown>>;
  readonly origin: ConnectionOrigin;
  /** What tells it from every other one of its organization beside its id, e.g. the id of a Kubernetes context. */
  readonly contextId?: string | null;
  /** Settings of the controllers that differ from those of the server. */
  readonly controllersConfig?: Readonly<Record<string, unknown>> | null;
}

/** A kind, a type or a subtype of connections. */
export const word = z
  .string()
  .trim()
  .max(maxWord, `may have at most ${String(maxWord)} characters`)
  .regex(/^[\w .:/-]*$/, 'may have letters, digits and . : / - only');

const url = z
  .string()
  .max(maxUrl, `may have at most ${String(maxUrl)} characters`)
  .refine(
    (text) => text === '' || /^(https?|nats|tls):$/.test(URL.parse(text)?.protocol ?? ''),
    'must be an http, https, nats or tls URL',
  )
  .refine((text) => (URL.parse(text)?.username ?? '') === '', 'must not carry a user: use a credential');

/** What somebody says about a new connection; without an organization it is the user's first one. */
export const connectionDraft = z.object({
  name: givenName,
  description,
  kind: word.min(1, 'must not be empty'),
  type: word.optional(),
  subType: word.optional(),
  status: connectionStatus.optional(),
  url: url.optional(),
  metadata: freeForm,
  styles: freeForm,
  credentialId: recordId.nullish(),
  credentialSecret: secret.nullish(),
  organizationId: recordId.optional(),
});
/** See `connectionDraft`. */
export type ConnectionDraft = z.output<typeof connectionDraft>;

/** What may be changed of one; its status goes by the transition map of its kind. */
export const connectionPatch = z.object({
  name: givenName.optional(),
  description: description.optional(),
  status: connectionStatus.optional(),
  url: url.optional(),
  metadata: z.record(z.string(), z.unknown()).optional(),
  styles: z.record(z.string(), z.unknown()).optional(),
  credentialId: recordId.nullish(),
  credentialSecret: secret.nullish(),
});
/** See `connectionPatch`. */
export type ConnectionPatch = z.output<typeof connectionPatch>;

/** What is asked of the registration of a connection; `initialize` asks for the forms, `noop` and `exit` for nothing. */
export const registrationEvent = z.object({
  id: recordId.optional(),
  kind: word.min(1, 'must not be empty'),
  status: z.enum([
    'initialize',
    'discovery',
    'register',
    'connect',
    'disconnect',
    'ignore',
    'delete',
    'not found',
    'noop',
    'exit',
  ]),
  name: givenName.optional(),
  type: word.optional(),
  subType: word.optional(),
  url: url.optional(),
  metadata: freeForm,
  credentialSecret: secret.nullish(),
  credentialId: recordId.nullish(),
  skipCredentialVerification: z.boolean().optional(),
  organizationId: recordId.optional(),
});
/** See `registrationEvent`. */
export type RegistrationEvent = z.output<typeof registrationEvent>;
