import { createHash } from 'node:crypto';
import type { Clock, Logger } from '@meshery/observability';
import type { KubeClient } from '../client/kube-client.ts';
import type { KubeObject, ResourceType } from '../client/kube-object.ts';

const events: ResourceType = { group: '', version: 'v1', plural: 'events', kind: 'Event', namespaced: true };

/** What is told about an object. */
export interface EventNote {
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
}

/** What a recorder needs. */
export interface EventRecorderOptions {
  readonly client: KubeClient;
  /** For example "meshery-operator". */
  readonly component: string;
  /** Name of this process, for example of its pod. */
  readonly instance: string;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Writes Events (core/v1), which `kubectl describe` shows. One that cannot be written is logged and forgotten. */
export class EventRecorder {
  readonly #options: EventRecorderOptions;

  constructor(options: EventRecorderOptions) {
    this.#options = options;
  }

  async record(object: KubeObject, note: EventNote, signal: AbortSignal): Promise<void> {
    const { client, clock, component, instance, logger } = this.#options;
    const { name, namespace = 'default', uid } = object.metadata;
    const time = new Date(clock.now()).toISOString();
    const seconds = time.replace(/\.\d+Z$/, 'Z');
    const id = createHash('sha256')
      .update(`${uid ?? ''} ${time} ${note.reason} ${instance}`)
      .digest('hex')
      .slice(0, 16);
    const event = {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: `${name.slice(0, 200)}.${id}`, namespace },
      involvedObject: { apiVersion: object.apiVersion, kind: object.kind, name, namespace, uid },
      ...note,
      message: note.message.slice(0, 1024),
      source: { component },
      reportingComponent: component,
      reportingInstance: instance,
      firstTimestamp: seconds,
      lastTimestamp: seconds,
      count: 1,
    };
    try {
      await client.create(events, event, signal);
    } catch (error) {
      logger.warn({ err: error, object: `${namespace}/${name}`, reason: note.reason }, 'an event cannot be written');
    }
  }
}
