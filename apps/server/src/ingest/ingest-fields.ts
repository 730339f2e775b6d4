import type { ConfigFields } from '@meshery/config';
import { z } from 'zod';

const text = z.string().min(1).optional();

/** Settings of where the gRPC port is. */
export const listenerFields = {
  grpcPort: {
    schema: z.coerce.number().int().min(0).max(65_535).default(9082),
    flag: 'grpc-port',
    env: 'MESHERY_GRPC_PORT',
    placeholder: 'PORT',
    description: 'gRPC port: bridges, agents that dial, third parties',
  },
  grpcHost: {
    schema: text,
    flag: 'grpc-host',
    env: 'MESHERY_GRPC_HOST',
    placeholder: 'ADDRESS',
    description: 'address of the gRPC port, else --host; on loopback a bridge beside the server finds its keys made',
  },
  grpcOutside: {
    schema: text,
    flag: 'grpc-outside',
    env: 'MESHERY_GRPC_OUTSIDE',
    placeholder: 'ADDRESS',
    description:
      'second address of the gRPC port, with the certificate of --tls-cert: agents that dial and third parties reach a server there whose --grpc-host is for the bridge beside it',
  },
  grpcName: {
    schema: z
      .string()
      .regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/)
      .optional(),
    flag: 'grpc-name',
    env: 'MESHERY_GRPC_NAME',
    placeholder: 'NAME',
    description: 'name by which a bridge that sees the keys made here reaches the Ingest service on another address',
  },
} as const satisfies ConfigFields;

/** Settings of whom the gRPC port lets in. */
export const ingestFields = {
  ingestBindings: {
    schema: text,
    env: 'MESHERY_INGEST_BINDINGS',
    description: 'bridges and the clusters they may write, JSON',
  },
  ingestCa: { schema: text, env: 'MESHERY_INGEST_CA', description: 'authority that signs bridge certificates, PEM' },
  grpcClientCa: {
    schema: text,
    env: 'MESHERY_GRPC_CLIENT_CA',
    description: 'authorities that sign client certificates of third parties on the gRPC port, PEM',
  },
} as const satisfies ConfigFields;
