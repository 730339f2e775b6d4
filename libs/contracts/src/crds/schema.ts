/** The part of OpenAPI v3 that a structural schema of apiextensions.k8s.io/v1 may use, as far as our kinds need it. */
export interface JsonSchema {
  readonly type?: 'object' | 'array' | 'string' | 'integer' | 'boolean';
  readonly description?: string;
  readonly format?: string;
  readonly default?: unknown;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly maxProperties?: number;
  readonly anyOf?: readonly JsonSchema[];
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema;
  readonly required?: readonly string[];
  readonly 'x-kubernetes-int-or-string'?: boolean;
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean;
  readonly 'x-kubernetes-list-type'?: 'atomic' | 'set' | 'map';
  readonly 'x-kubernetes-list-map-keys'?: readonly string[];
  readonly 'x-kubernetes-map-type'?: 'atomic';
  readonly 'x-kubernetes-validations'?: readonly CelRule[];
}

/** A rule in CEL that the API server checks when the object is written. */
export interface CelRule {
  readonly rule: string;
  /** What to do, for the person who wrote the object. */
  readonly message: string;
}

/** A schema together with the TypeScript type of what it describes; the type exists for the compiler only. */
export interface Schema<T> {
  readonly json: JsonSchema;
  readonly type?: T;
}

/** The TypeScript type of what a schema describes. */
export type TypeOf<S> = S extends Schema<infer T> ? T : never;

type Shape = Readonly<Record<string, Schema<unknown>>>;

type ObjectOf<P extends Shape, R extends keyof P> = { readonly [K in R]: TypeOf<P[K]> } & {
  readonly [K in Exclude<keyof P, R>]?: TypeOf<P[K]>;
};

/** Limits and a default of a text. */
export type TextLimits = Pick<JsonSchema, 'pattern' | 'minLength' | 'maxLength' | 'default' | 'format'>;

/** A text. Without a limit of its own it may have 253 characters, the longest name of Kubernetes. */
export function text(description: string, limits: TextLimits = {}): Schema<string> {
  return { json: { type: 'string', description, maxLength: 253, ...limits } };
}

/** One of a few words. */
export function oneOf<const W extends string>(
  description: string,
  words: readonly W[],
  fallback?: NoInfer<W>,
): Schema<W> {
  return {
    json: { type: 'string', description, enum: words, ...(fallback === undefined ? {} : { default: fallback }) },
  };
}

/** A whole number of 32 bits. */
export function integer(
  description: string,
  limits: Pick<JsonSchema, 'minimum' | 'maximum' | 'default'> = {},
): Schema<number> {
  return { json: { type: 'integer', format: 'int32', description, ...limits } };
}

/** True or false. */
export function flag(description: string, fallback?: boolean): Schema<boolean> {
  return { json: { type: 'boolean', description, ...(fallback === undefined ? {} : { default: fallback }) } };
}

/** An amount as Kubernetes writes it, for example "250m" or "1Gi" (core/v1 Quantity). */
export function quantity(description: string): Schema<string | number> {
  return {
    json: {
      description,
      anyOf: [{ type: 'integer' }, { type: 'string' }],
      pattern: String.raw`^(\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))))?$`,
      'x-kubernetes-int-or-string': true,
    },
  };
}

/** A list that is written as a whole. */
export function list<T>(description: string, items: Schema<T>, maxItems: number): Schema<readonly T[]> {
  return { json: { type: 'array', description, items: items.json, maxItems, 'x-kubernetes-list-type': 'atomic' } };
}

/** A list whose elements are told apart by some of their members: two writers may own different elements. */
export function keyedList<T>(
  description: string,
  items: Schema<T>,
  limits: { readonly keys: readonly (keyof T & string)[]; readonly maxItems: number },
): Schema<readonly T[]> {
  const keyed = { 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': limits.keys } as const;
  return { json: { type: 'array', description, items: items.json, maxItems: limits.maxItems, ...keyed } };
}

/** Values by free keys. */
export function map<T>(description: string, values: Schema<T>): Schema<Readonly<Record<string, T>>> {
  return { json: { type: 'object', description, additionalProperties: values.json } };
}

/** An object whose members are not checked: a type of Kubernetes that we only pass on. */
export function anyObject(description: string): Schema<Readonly<Record<string, unknown>>> {
  return { json: { type: 'object', description, 'x-kubernetes-preserve-unknown-fields': true } };
}

/** An object with named members; those in `required` must be there. */
export function object<P extends Shape, const R extends keyof P & string = never>(
  description: string,
  properties: P,
  options: { readonly required?: readonly R[]; readonly rules?: readonly CelRule[]; readonly fallback?: object } = {},
): Schema<ObjectOf<P, R>> {
  const { required, rules, fallback } = options;
  const members = Object.fromEntries(Object.entries(properties).map(([name, { json }]) => [name, json]));
  return {
    json: {
      type: 'object',
      description,
      properties: members,
      ...(required === undefined ? {} : { required }),
      ...(rules === undefined ? {} : { 'x-kubernetes-validations': rules }),
      ...(fallback === undefined ? {} : { default: fallback }),
    },
  };
}
