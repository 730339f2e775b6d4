import { Metadata, credentials, status } from '@grpc/grpc-js';
import type { CallOptions, ChannelOptions, ClientUnaryCall, ServiceError } from '@grpc/grpc-js';
import type { meshes } from '@meshery/contracts';
import { createMeshServiceClient } from '@meshery/contracts/grpc';
import type { MeshServiceClient } from '@meshery/contracts/grpc';
import { MesheryError } from '@meshery/errors';
import { raceAbort } from '@meshery/kube';
import type { AdapterPlace } from './adapter-place.ts';

/** How long an adapter may take for an answer. */
const callMs = 3000;
const maxOperations = 500;
const maxText = 200;

/** An operation that an adapter offers. */
export type AdapterOperation = Pick<meshes.SupportedOperation, 'key' | 'value' | 'category'>;

/** What an adapter says of itself. */
export interface AdapterFacts {
  readonly name: string;
  readonly version: string;
  readonly gitSha: string;
  readonly operations: readonly AdapterOperation[];
}

/** What an adapter is dialled with. */
export interface AdapterClientParts {
  readonly place: AdapterPlace;
  /** Finds the one address of a host that is dialled. Rejects with `meshery-connection-1704` or `1705`. */
  readonly addressOf: (host: string) => Promise<string>;
}

type Callback<Response> = (error: ServiceError | null, response?: Response) => void;
type Send<Response> = (
  client: MeshServiceClient,
  metadata: Metadata,
  options: CallOptions,
  callback: Callback<Response>,
) => ClientUnaryCall;

/**
 * Calls one adapter (meshes.MeshService). It is dialled with the first call, at the address that its name had then, and
 * anew after a call that did not reach it. Whatever goes wrong is `meshery-connection-1705`, or `1704` for an address
 * that is not called.
 */
export class AdapterClient {
  readonly #parts: AdapterClientParts;
  #dialled: Promise<MeshServiceClient> | undefined;

  constructor(parts: AdapterClientParts) {
    this.#parts = parts;
  }

  /** Who it is and what it can do. */
  async facts(signal: AbortSignal): Promise<AdapterFacts> {
    const [info, { ops }] = await Promise.all([
      this.#ask<meshes.ComponentInfoResponse>(signal, (client, ...rest) => client.componentInfo({}, ...rest)),
      this.#ask<meshes.SupportedOperationsResponse>(signal, (client, ...rest) =>
        client.supportedOperations({}, ...rest),
      ),
    ]);
    const operations = ops.slice(0, maxOperations).map(({ key, value, category }) => ({
      key: bounded(key),
      value: bounded(value),
      category,
    }));
    return { name: bounded(info.name), version: bounded(info.version), gitSha: bounded(info.gitSha), operations };
  }

  /** The name of what it manages: the cheapest question, asked to see whether it is there. */
  async ping(signal: AbortSignal): Promise<void> {
    await this.#ask<meshes.MeshNameResponse>(signal, (client, ...rest) => client.meshName({}, ...rest));
  }

  /** Hands it an operation; how that ends is among its events. */
  async apply(request: meshes.ApplyRuleRequest, signal: AbortSignal): Promise<meshes.ApplyRuleResponse> {
    return this.#ask<meshes.ApplyRuleResponse>(signal, (client, ...rest) => client.applyOperation(request, ...rest));
  }

  /** Its events from now on, until the signal aborts or the stream breaks. */
  async *events(signal: AbortSignal): AsyncGenerator<meshes.EventsResponse> {
    const client = await raceAbort(this.#dial(), signal);
    const call = client.streamEvents({}, new Metadata());
    const cancel = (): void => {
      call.cancel();
    };
    signal.addEventListener('abort', cancel, { once: true });
    try {
      for await (const event of call as AsyncIterable<meshes.EventsResponse>) yield event;
    } catch (error) {
      throw this.#failed(error);
    } finally {
      signal.removeEventListener('abort', cancel);
      // What is cancelled after its reader left still says so.
      call.on('error', () => undefined);
      call.cancel();
    }
  }

  /** Hangs up; the next call dials anew. */
  close(): void {
    const dialled = this.#dialled;
    this.#dialled = undefined;
    dialled?.then(
      (client) => {
        client.close();
      },
      () => undefined,
    );
  }

  async #ask<Response>(signal: AbortSignal, send: Send<Response>): Promise<Response> {
    const bound = AbortSignal.any([signal, AbortSignal.timeout(callMs)]);
    const { promise, resolve, reject } = Promise.withResolvers<Response>();
    let call: ClientUnaryCall | undefined;
    try {
      const client = await raceAbort(this.#dial(), bound);
      call = send(client, new Metadata(), { deadline: Date.now() + callMs }, (error, response) => {
        if (response === undefined) reject(error ?? new Error('the answer is empty'));
        else resolve(response);
      });
      return await raceAbort(promise, bound);
    } catch (error) {
      promise.catch(() => undefined);
      call?.cancel();
      signal.throwIfAborted();
      if (!isAnswer(error)) this.close();
      // The deadline of the call and our own bound end together: whichever is first says the same.
      const isLate = bound.aborted || codeOf(error) === status.DEADLINE_EXCEEDED;
      throw this.#failed(isLate ? new Error(`no answer within ${String(callMs / 1000)} s`) : error);
    }
  }

  #dial(): Promise<MeshServiceClient> {
    this.#dialled ??= this.#open();
    return this.#dialled;
  }

  async #open(): Promise<MeshServiceClient> {
    const { place, addressOf } = this.#parts;
    const address = await addressOf(place.host);
    const target = address.includes(':') ? `ipv6:[${address}]` : `ipv4:${address}`;
    const options = { ...channelOptions, 'grpc.default_authority': place.location };
    return createMeshServiceClient(`${target}:${String(place.port)}`, credentials.createInsecure(), options);
  }

  #failed(error: unknown): MesheryError {
    if (error instanceof MesheryError) return error;
    const { location } = this.#parts.place;
    if (codeOf(error) === status.UNIMPLEMENTED) return notAnAdapter(location, error);
    const reason = reasonOf(error);
    const what = isAnswer(error) ? 'answers with an error' : 'cannot be reached';
    return new MesheryError('meshery-connection-1705', `The adapter at ${location} ${what} (${reason}).`, {
      probableCause: 'It is stopped, the address is wrong, a firewall is in the way, or another program listens there.',
      remedy: `Check that an adapter listens at ${location} and that this server reaches it, then try again.`,
      details: { location, reason },
      cause: error,
    });
  }
}

/**
 * The address is the one that was looked at, so no proxy is asked; an operation is never
 * sent twice; what failed is forgotten with its channel.
 */
const channelOptions: ChannelOptions = {
  'grpc.enable_http_proxy': 0,
  'grpc.enable_retries': 0,
  'grpc.use_local_subchannel_pool': 1,
};

/** True when the far side answered, if only with an error. */
function isAnswer(error: unknown): boolean {
  const code = codeOf(error);
  const isAway = code === status.UNAVAILABLE || code === status.DEADLINE_EXCEEDED || code === status.CANCELLED;
  return code !== undefined && !isAway;
}

function codeOf(error: unknown): number | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'number' ? code : undefined;
}

function reasonOf(error: unknown): string {
  const details = error instanceof Error && 'details' in error ? error.details : undefined;
  if (typeof details === 'string' && details !== '') return bounded(details);
  return bounded(error instanceof Error ? error.message : String(error));
}

function bounded(text: string): string {
  return text.slice(0, maxText);
}

function notAnAdapter(location: string, cause: unknown): MesheryError {
  return new MesheryError(
    'meshery-connection-1705',
    `What listens at ${location} does not answer as an adapter does.`,
    {
      probableCause: 'Another gRPC server listens there, or an adapter of a version that this server does not know.',
      remedy: `Check that ${location} is the port of an adapter that serves meshes.MeshService.`,
      details: { location },
      cause,
    },
  );
}
