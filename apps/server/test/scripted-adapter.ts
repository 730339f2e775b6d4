import { Server, ServerCredentials, status } from '@grpc/grpc-js';
import type { ServerUnaryCall, ServerWritableStream, sendUnaryData } from '@grpc/grpc-js';
import { meshes } from '@meshery/contracts';
import { meshServiceDefinition } from '@meshery/contracts/grpc';
import type { MeshServiceHandlers } from '@meshery/contracts/grpc';
import { freePort } from '@meshery/testing';

/** What a scripted adapter does with every call. */
export type AdapterMood = 'answers' | 'hangs' | 'refuses';

const facts: meshes.ComponentInfoResponse = {
  type: 'adapter',
  name: 'ISTIO',
  version: 'v0.9.1',
  gitSha: 'abc123',
  properties: {},
};

const operations: readonly meshes.SupportedOperation[] = [
  { key: 'istio', value: 'Istio Service Mesh', category: meshes.OpCategory.INSTALL },
  { key: 'bookinfo', value: 'BookInfo', category: meshes.OpCategory.SAMPLE_APPLICATION },
];

/** An adapter that speaks the published contract over real gRPC, with faults when they are asked for. */
export class ScriptedAdapter {
  /** Names of the calls that came. */
  readonly heard: string[] = [];
  readonly applied: meshes.ApplyRuleRequest[] = [];
  mood: AdapterMood = 'answers';
  /** Error in the body of the answer to an operation. */
  applyError = '';
  readonly #streams = new Set<ServerWritableStream<unknown, meshes.EventsResponse>>();
  #server = new Server();
  #port = 0;

  /** On a port of its own, which is still free after `stop`. */
  static async start(port?: number): Promise<ScriptedAdapter> {
    const adapter = new ScriptedAdapter();
    await adapter.listen(port ?? (await freePort()));
    return adapter;
  }

  get location(): string {
    return `127.0.0.1:${String(this.#port)}`;
  }

  /** How many listen to its events. */
  get listeners(): number {
    return this.#streams.size;
  }

  /** How often a call came. */
  times(call: string): number {
    return this.heard.filter((name) => name === call).length;
  }

  /** Listens, after `stop` on the same port again. */
  async listen(port = this.#port): Promise<void> {
    this.#server = new Server();
    this.#server.addService(meshServiceDefinition, this.#handlers());
    this.#port = await new Promise<number>((resolve, reject) => {
      this.#server.bindAsync(`127.0.0.1:${String(port)}`, ServerCredentials.createInsecure(), (error, bound) => {
        if (error === null) resolve(bound);
        else reject(error);
      });
    });
  }

  /** Breaks every connection and listens no more. */
  stop(): void {
    this.#server.forceShutdown();
    this.#streams.clear();
  }

  /** Tells everybody who listens. */
  emit(event: Partial<meshes.EventsResponse>): void {
    for (const stream of this.#streams) stream.write(meshes.EventsResponse.fromPartial(event));
  }

  #handlers(): MeshServiceHandlers {
    const answered =
      <Request, Response>(name: string, answer: (request: Request) => Response) =>
      (call: ServerUnaryCall<Request, Response>, callback: sendUnaryData<Response>): void => {
        this.heard.push(name);
        if (this.mood === 'hangs') return;
        if (this.mood === 'refuses') callback({ code: status.INTERNAL, details: 'out of order' });
        else callback(null, answer(call.request));
      };
    return {
      createMeshInstance: answered('CreateMeshInstance', () => ({})),
      meshName: answered('MeshName', () => ({ name: facts.name })),
      meshVersions: answered('MeshVersions', () => ({ version: [] })),
      applyOperation: answered('ApplyOperation', (request: meshes.ApplyRuleRequest) => {
        this.applied.push(request);
        return { error: this.applyError, operationId: request.operationId };
      }),
      supportedOperations: answered('SupportedOperations', () => ({ ops: [...operations], error: 'none' })),
      streamEvents: (call) => {
        this.heard.push('StreamEvents');
        this.#streams.add(call);
        call.on('cancelled', () => this.#streams.delete(call));
      },
      processOam: answered('ProcessOAM', () => ({ message: '' })),
      provision: answered('Provision', () => ({ message: '' })),
      componentInfo: answered('ComponentInfo', () => facts),
    };
  }
}
