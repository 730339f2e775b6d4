import type { ConnectionDefinition, JsonSchema } from '@meshery/object-model';

/** The forms of a kind, in the place where clients look for them: components whose schema is the form. */
export function registrationForms(definition: ConnectionDefinition): object {
  const { name, connectionSchema, credentialSchema, transitionMap } = definition;
  return {
    connection: { ...form(`${name}Connection`, definition, connectionSchema), transitionMap },
    ...(credentialSchema === null ? {} : { credential: form(`${name}Credential`, definition, credentialSchema) }),
  };
}

function form(kind: string, { kind: model, type, subType, description }: ConnectionDefinition, schema: JsonSchema) {
  return {
    schemaVersion: 'components.meshery.io/v1beta3',
    version: 'v1.0.0',
    displayName: kind,
    description,
    format: 'JSON',
    component: { kind, version: 'meshery.io/v1beta3', schema: JSON.stringify(schema) },
    metadata: { kind: model, type, subType },
  };
}
