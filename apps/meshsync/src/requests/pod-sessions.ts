import type { ClusterAccess, KubeTransport } from '@meshery/kube';
import { createKubeTransport } from '@meshery/kube';
import type { ExecOutput, ExecTarget, LogTarget } from '@meshery/kube/streams';
import type { Clock } from '@meshery/observability';
import { CharacterPieces } from './character-pieces.ts';
import type { ExecInput } from './exec-input.ts';
import type { SessionOutlet } from './session-outlet.ts';
import type { Session } from './session-table.ts';

/** Carries logs and terminals of one cluster from its pods to outlets. Close it when no session is left. */
export class PodSessions {
  readonly #access: ClusterAccess;
  readonly #clock: Clock;
  #transport: KubeTransport | undefined;

  constructor(access: ClusterAccess, clock: Clock) {
    this.#access = access;
    this.#clock = clock;
  }

  /** Sends a log to its end. */
  async logs(target: LogTarget, outlet: SessionOutlet, session: Session): Promise<void> {
    const { followLogs } = await import('@meshery/kube/streams');
    this.#transport ??= createKubeTransport(this.#access, { clock: this.#clock, userAgent: 'meshery-meshsync' });
    const pieces = new CharacterPieces();
    for await (const chunk of followLogs(this.#transport, target, session.signal)) {
      session.touch();
      for (const piece of pieces.push(chunk)) await outlet.data('stdout', piece);
    }
    await sendRest(pieces, 'stdout', outlet);
    outlet.end();
  }

  /** Runs a program to its end. */
  async exec(target: ExecTarget, input: ExecInput, outlet: SessionOutlet, session: Session): Promise<void> {
    const { exec } = await import('@meshery/kube/streams');
    const stream = await exec(this.#access, target, session.signal);
    input.connect(stream);
    const pieces = { stdout: new CharacterPieces(), stderr: new CharacterPieces() };
    for await (const output of stream as AsyncIterable<ExecOutput>) {
      session.touch();
      for (const piece of pieces[output.stream].push(output.data)) await outlet.data(output.stream, piece);
    }
    await sendRest(pieces.stdout, 'stdout', outlet);
    await sendRest(pieces.stderr, 'stderr', outlet);
    outlet.end(await stream.exit);
  }

  async close(): Promise<void> {
    await this.#transport?.close();
  }
}

async function sendRest(pieces: CharacterPieces, stream: ExecOutput['stream'], outlet: SessionOutlet): Promise<void> {
  const rest = pieces.rest();
  if (rest.length > 0) await outlet.data(stream, rest);
}
