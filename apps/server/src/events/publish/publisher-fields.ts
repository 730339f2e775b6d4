import type { ConfigFields } from '@meshery/config';
import { z } from 'zod';

const text = z.string().min(1).optional();

/** Where events are published to. */
export const publisherFields = {
  eventsBrokerUrl: {
    schema: text,
    env: 'MESHERY_EVENTS_BROKER_URL',
    placeholder: 'URL',
    description:
      'NATS server with JetStream that events are published to as CloudEvents, nats://USER:PASSWORD@HOST:PORT',
  },
  eventsBrokerCa: {
    schema: text,
    env: 'MESHERY_EVENTS_BROKER_CA',
    placeholder: 'FILE',
    description: 'authority that signs the certificate of that server, PEM',
  },
} as const satisfies ConfigFields;
