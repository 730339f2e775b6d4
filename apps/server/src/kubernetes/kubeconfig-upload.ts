import { MesheryError, isMesheryError } from '@meshery/errors';
import { parseKubeconfig } from '@meshery/kube';
import type { Kubeconfig } from '@meshery/kube';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';

/** Contexts of one upload at most: each may be dialled, and each becomes a connection. */
const maxContexts = 500;
const maxFieldLength = 256 * 1024;
const mode = z.enum(['operator', 'embedded']);

const perContext = z.record(
  z.string(),
  z.object({ meshsyncDeploymentMode: mode.optional(), name: z.string().trim().min(1).max(256).optional() }),
);
const selection = z.array(z.string().max(128));

/** What somebody uploaded: a kubeconfig, and what is to be done with its contexts. */
export interface KubeconfigUpload {
  readonly kubeconfig: Kubeconfig;
  /** By context id. */
  readonly contexts: z.output<typeof perContext>;
  /** Context ids; undefined selects all. */
  readonly selected: ReadonlySet<string> | undefined;
  /** Name of the only context that is meant, as older clients say it. */
  readonly contextName: string | undefined;
  /** For contexts that say nothing else. */
  readonly mode: z.output<typeof mode> | undefined;
}

/**
 * Reads the multipart form of a kubeconfig. Rejects with `meshery-core-1001` that names the field,
 * `meshery-core-1006` for a file above the limit, and `meshery-kube-1301`.
 */
export async function readUpload(request: FastifyRequest): Promise<KubeconfigUpload> {
  if (!request.isMultipart()) throw badField('k8sfile', 'is missing: the body must be a multipart form');
  const { file, fields } = await readParts(request).catch(unreadable);
  if (file === undefined) throw badField('k8sfile', 'is missing');
  const kubeconfig = parseKubeconfig(file);
  if (kubeconfig.contexts.size > maxContexts) {
    throw badField('k8sfile', `may have at most ${String(maxContexts)} contexts: upload a part of it`);
  }
  const selected = jsonField(fields, 'selectedContexts', selection);
  return {
    kubeconfig,
    contexts: jsonField(fields, 'contexts', perContext) ?? {},
    selected: selected === undefined ? undefined : new Set(selected),
    contextName: fields.get('contextName'),
    mode: readMode(fields.get('meshsync_deployment_mode')),
  };
}

interface Parts {
  readonly file: string | undefined;
  readonly fields: ReadonlyMap<string, string>;
}

async function readParts(request: FastifyRequest): Promise<Parts> {
  let file: string | undefined;
  const fields = new Map<string, string>();
  for await (const part of request.parts()) {
    if (part.type === 'file') {
      const content = await part.toBuffer();
      if (part.fieldname === 'k8sfile') file = content.toString('utf8');
    } else if (typeof part.value === 'string' && part.value !== '') {
      if (part.value.length > maxFieldLength) throw badField(part.fieldname, 'is too long');
      fields.set(part.fieldname, part.value);
    }
  }
  return { file, fields };
}

/** What the parser of forms says without a status is about the form that was sent. */
function unreadable(error: unknown): never {
  if (isMesheryError(error) || (error instanceof Error && 'statusCode' in error)) throw error;
  throw new MesheryError('meshery-core-1001', 'The multipart form cannot be read.', {
    probableCause: 'Its boundary is missing, or the body ends too early; nothing was changed.',
    remedy: 'Send a whole multipart form; let the client set the content type with the boundary.',
    cause: error,
  });
}

function jsonField<Schema extends z.ZodType>(
  fields: Parts['fields'],
  name: string,
  schema: Schema,
): z.output<Schema> | undefined {
  const text = fields.get(name);
  if (text === undefined) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw badField(name, 'must be JSON');
  }
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  throw badField(name, `has another form than it should: ${read.error.issues[0]?.message ?? ''}`);
}

function readMode(text: string | undefined): KubeconfigUpload['mode'] {
  if (text === undefined) return undefined;
  const read = mode.safeParse(text);
  if (read.success) return read.data;
  throw badField('meshsync_deployment_mode', 'must be "operator" or "embedded"');
}

function badField(name: string, rule: string): MesheryError {
  return new MesheryError('meshery-core-1001', `The form field "${name}" ${rule}.`, {
    probableCause: 'The form was put together wrongly; nothing was changed.',
    remedy: 'Send a multipart form with the kubeconfig as file "k8sfile".',
    details: { field: name },
  });
}
