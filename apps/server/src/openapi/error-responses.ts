import { errorTable } from '@meshery/errors';
import { z } from 'zod';
import { asSpelled } from './description.ts';
import { reference } from './schemas.ts';

const texts = z.array(z.string()).optional();

/** The one form of every error. */
export const errorAnswer = asSpelled(
  'Error',
  z.object({
    error: z.string().meta({ description: 'What went wrong, for people.' }),
    code: z.enum(Object.keys(errorTable)),
    severity: z.string(),
    probableCause: texts,
    suggestedRemediation: texts,
    longDescription: texts,
    requestId: z.string(),
  }),
);

/** Statuses of errors that operations name; all others are under `default`. */
export const errorNames: Readonly<Record<number, { readonly name: string; readonly description: string }>> = {
  400: { name: 'BadRequest', description: 'A parameter or the body is wrong; nothing was changed.' },
  401: { name: 'Unauthenticated', description: 'Nobody is signed in, or the token is not valid any more.' },
  403: { name: 'Forbidden', description: 'Whoever is signed in may not do this.' },
  404: { name: 'NotFound', description: 'There is no such thing, or it is hidden from whoever asks.' },
  409: { name: 'Conflict', description: 'It does not go together with what is there.' },
  413: { name: 'TooLarge', description: 'The body is too large.' },
  429: { name: 'TooMany', description: 'There were too many requests, or too many wrong ones; wait.' },
  500: { name: 'FailedTest', description: 'The test that was asked for failed, or the server is set up wrongly.' },
  501: { name: 'NotYet', description: 'This version of the server cannot do it yet; nothing was changed.' },
  503: { name: 'Unavailable', description: 'What is needed for it does not answer now.' },
};

/** No operation may answer it: it is under `default` only. */
const unexpected = 'meshery-core-1000';

const other = { name: 'OtherError', description: 'Any other error, in the same form.' };

/** The responses that operations refer to: each with the codes that its status may carry. */
export function errorResponses(): Readonly<Record<string, object>> {
  const codes = Object.entries(errorTable);
  const listed = Object.entries(errorNames).map(([status, { name, description }]) => {
    const own = codes
      .filter(([code, { http }]) => http === Number(status) && code !== unexpected)
      .map(([code]) => code);
    const schema = { allOf: [reference('Error'), { properties: { code: { enum: own } } }] };
    return [name, { description, content: { 'application/json': { schema } } }] as const;
  });
  const rest = { description: other.description, content: { 'application/json': { schema: reference('Error') } } };
  return Object.fromEntries([...listed, [other.name, rest]]);
}

/** References to the responses of these statuses, and to the one of all others. */
export function errorReferences(statuses: readonly number[]): Readonly<Record<string, object>> {
  const named = statuses.map((status) => [String(status), responseOf(errorNames[status]?.name ?? other.name)] as const);
  return Object.fromEntries([...named, ['default', responseOf(other.name)]]);
}

function responseOf(name: string): object {
  return { $ref: `#/components/responses/${name}` };
}
