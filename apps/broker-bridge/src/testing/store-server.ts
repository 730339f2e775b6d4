import { join } from 'node:path';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import type { ServerDuplexStream, ServiceError } from '@grpc/grpc-js';
import type { InventoryReset, PushRequest, PushResponse } from '@meshery/contracts';
import { ingestServiceDefinition } from '@meshery/contracts/grpc';
import type { IngestServiceHandlers } from '@meshery/contracts/grpc';
import { Registry, createLogger } from '@meshery/observability';
import { openSqliteInventory } from '@meshery/store';
import type { InventoryStore } from '@meshery/store';
import { freePort, makeTempDir } from '@meshery/testing';
import type { TempDir } from '@meshery/testing';

type PushCall = ServerDuplexStream<PushRequest, PushResponse>;

function openStore(dataDir: string): Promise<InventoryStore> {
  const logger = createLogger({ service: 'test', level: 'silent' });
  return openSqliteInventory({ dataDir, logger, metrics: new Registry(), checkAfterMs: 0 });
}

/** The Ingest service on a real inventory store, without the rest of the server; it can go away and come back. */
export class StoreServer {
  readonly port: number;
  readonly #dir: TempDir;
  readonly #calls = new Set<PushCall>();
  #store: InventoryStore;
  #server: Server | undefined;
  #reset: InventoryReset | undefined;
  /** What openings of runs are refused with. */
  refusal: Pick<ServiceError, 'code' | 'details' | 'metadata'> | undefined;
  /** Batches answered so far. */
  answered = 0;
  /** What the last one of them was. */
  lastAnswered: string | undefined;

  private constructor(port: number, store: InventoryStore, dir: TempDir) {
    this.port = port;
    this.#store = store;
    this.#dir = dir;
  }

  static async start(): Promise<StoreServer> {
    const dir = makeTempDir('ingest');
    const server = new StoreServer(await freePort(), await openStore(join(dir.path, 'first')), dir);
    await server.up();
    return server;
  }

  get store(): InventoryStore {
    return this.#store;
  }

  get address(): string {
    return `127.0.0.1:${this.port}`;
  }

  async up(): Promise<void> {
    const server = new Server({ 'grpc.max_receive_message_length': 16 * 1024 ** 2 });
    const handlers: IngestServiceHandlers = {
      openRun: (call, callback) => {
        if (this.refusal !== undefined) {
          callback(this.refusal);
          return;
        }
        this.store.openRun(call.request).then(
          (value) => {
            callback(null, value);
          },
          (error: unknown) => {
            callback(error as Error);
          },
        );
      },
      push: (call) => {
        this.#onPush(call);
      },
    };
    server.addService(ingestServiceDefinition, handlers);
    await new Promise<void>((resolve, reject) => {
      server.bindAsync(this.address, ServerCredentials.createInsecure(), (error) => {
        if (error) reject(error);
        else resolve();
      });
    });
    this.#server = server;
  }

  /** Cuts every call at once; the store keeps what it committed. */
  down(): void {
    this.#server?.forceShutdown();
    this.#server = undefined;
  }

  /** Goes on with an empty inventory and says so, as the real server does after damage. */
  async loseInventory(): Promise<void> {
    const lost = this.#store;
    const resetAtUnixMs = Date.now();
    this.#store = await openStore(join(this.#dir.path, String(resetAtUnixMs)));
    this.#reset = { resetAtUnixMs, reason: 'damaged' };
    for (const call of this.#calls) this.#tellReset(call);
    await lost.close();
  }

  async stop(): Promise<void> {
    this.down();
    await this.store.close();
    this.#dir.remove();
  }

  /** uid and resourceVersion of every stored object that is not stale, sorted. */
  async rows(): Promise<readonly string[]> {
    const rows: string[] = [];
    for await (const part of this.store.export({ clusterIds: 'all' })) {
      for (const row of part) rows.push(`${row.uid}@${row.resourceVersion}`);
    }
    return rows.sort();
  }

  #tellReset(call: PushCall): void {
    if (this.#reset !== undefined && !call.destroyed) call.write({ outcome: undefined, reset: this.#reset });
  }

  #onPush(call: PushCall): void {
    this.#calls.add(call);
    call.on('close', () => this.#calls.delete(call));
    this.#tellReset(call);
    call.on('data', ({ batch }: PushRequest) => {
      if (batch === undefined) return;
      this.store.ingest(batch).then(
        (outcome) => {
          this.answered += 1;
          this.lastAnswered = batch.body?.$case;
          if (!call.destroyed) call.write({ outcome, reset: undefined });
        },
        (error: unknown) => {
          call.destroy(error as Error);
        },
      );
    });
    call.on('end', () => {
      call.end();
    });
    call.on('error', () => undefined);
  }
}
