import { appendFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ChangeType, RunVerdict, Verdict, toKubernetesResource } from '@meshery/contracts';
import type { Batch, BatchOutcome, IngestControl, IngestPort, OpenRunResponse } from '@meshery/contracts';
import { MesheryError } from '@meshery/errors';
import type { Clock } from '@meshery/observability';
import { stringify } from 'yaml';

/** Names tried before giving up, as published agents do. */
const mostNames = 1024;

/** "meshery-cluster-snapshot-YYYYMMDD-NN.yaml" in `folder`, the first that is free. Throws `meshery-config-1102`. */
export function freeSnapshotName(folder: string, clock: Clock): string {
  const day = new Date(clock.now()).toISOString().slice(0, 10).replaceAll('-', '');
  for (let number = 0; number < mostNames; number += 1) {
    const name = join(folder, `meshery-cluster-snapshot-${day}-${String(number).padStart(2, '0')}.yaml`);
    if (!existsSync(name)) return name;
  }
  throw new MesheryError('meshery-config-1102', 'No free name is left for the snapshot file of today.', {
    remedy: 'Name a file with -outputFile, or remove old snapshots.',
  });
}

/** Writes each object once, when it is first seen, as a YAML document of the published form; nothing is changed later. */
export class FilePort implements IngestPort {
  readonly #file: string;
  readonly #written = new Set<string>();

  constructor(file: string) {
    this.#file = file;
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- the port is asynchronous
  async openRun(): Promise<OpenRunResponse> {
    return { verdict: RunVerdict.RUN_VERDICT_ACCEPTED, checkpoints: [] };
  }

  async controls(_clusterId: string, _onControl: (control: IngestControl) => void, signal: AbortSignal): Promise<void> {
    const ended = Promise.withResolvers<undefined>();
    signal.addEventListener(
      'abort',
      () => {
        ended.resolve(undefined);
      },
      { once: true },
    );
    if (!signal.aborted) await ended.promise;
  }

  async send(batch: Batch): Promise<BatchOutcome> {
    const documents: string[] = [];
    for (const change of batch.body?.$case === 'changes' ? batch.body.value.objects : []) {
      const key = change.uid === '' ? `${batch.kind} ${change.namespace} ${change.name}` : change.uid;
      if (change.type !== ChangeType.CHANGE_TYPE_UPSERT || this.#written.has(key)) continue;
      this.#written.add(key);
      documents.push(
        `---\n${stringify(toKubernetesResource(change.json, batch.clusterId), { lineWidth: 0, aliasDuplicateObjects: false })}`,
      );
    }
    if (documents.length > 0) await this.#append(documents.join(''));
    const { clusterId, incarnation, kind, sequence } = batch;
    return {
      clusterId,
      incarnation,
      kind,
      sequence,
      verdict: Verdict.VERDICT_COMMITTED,
      reason: '',
      expectedSequence: 0,
    };
  }

  async #append(text: string): Promise<void> {
    try {
      await appendFile(this.#file, text, { mode: 0o644 });
    } catch (error) {
      throw new MesheryError(
        'meshery-store-1600',
        `The snapshot file cannot be written (${(error as NodeJS.ErrnoException).code ?? 'unknown'}).`,
        {
          probableCause: 'The disk is full, or the folder may not be written.',
          remedy: 'Name another file with -outputFile.',
          cause: error,
        },
      );
    }
  }
}
