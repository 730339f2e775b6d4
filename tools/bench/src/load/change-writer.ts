import { KubeAdmin, type KubeAccess } from '@meshery/testing';

/** One write to make. */
export interface PlannedWrite {
  readonly method: 'PUT' | 'PATCH';
  readonly path: string;
  readonly body: string;
}

/** One write that the API server accepted. */
export interface AcceptedWrite {
  readonly uid: string;
  readonly resourceVersion: string;
  /** `performance.now()` when it was sent and when the answer was there. */
  readonly sentAt: number;
  readonly acceptedAt: number;
}

/** How fast, how long, and who is told. */
export interface WritePlan {
  readonly perSecond: number;
  readonly seconds: number;
  /** The write with this number, counted from 0. */
  readonly write: (index: number) => PlannedWrite;
  readonly onAccepted: (write: AcceptedWrite) => void;
  readonly connections: number;
}

/** How a run of writes went. */
export interface WriteReport {
  readonly planned: number;
  readonly accepted: number;
  readonly refused: readonly string[];
  readonly achievedPerSecond: number;
  /** `performance.now()` of the last answer. */
  readonly endedAt: number;
}

const TICK_MS = 2;

/**
 * Sends writes at a fixed rate whether earlier ones are answered or not (open loop), over keep-alive connections.
 * The rate that was achieved is that of the answers.
 */
export async function writeAtRate(access: KubeAccess, plan: WritePlan): Promise<WriteReport> {
  using admin = new KubeAdmin(access, plan.connections);
  const total = Math.round(plan.perSecond * plan.seconds);
  const refused: string[] = [];
  const pending = new Set<Promise<void>>();
  const started = performance.now();
  let accepted = 0;
  let endedAt = started;
  const send = async (index: number): Promise<void> => {
    try {
      plan.onAccepted(await writeOne(admin, plan.write(index)));
      accepted += 1;
    } catch (error) {
      refused.push(error instanceof Error ? error.message : String(error));
    }
    endedAt = performance.now();
  };
  for (let sent = 0; sent < total;) {
    const due = Math.min(total, Math.floor(((performance.now() - started) / 1000) * plan.perSecond) + 1);
    for (; sent < due; sent += 1) {
      const work = send(sent).finally(() => pending.delete(work));
      pending.add(work);
    }
    await new Promise((resolve) => setTimeout(resolve, TICK_MS));
  }
  await Promise.all(pending);
  return { planned: total, accepted, refused, achievedPerSecond: accepted / ((endedAt - started) / 1000), endedAt };
}

async function writeOne(admin: KubeAdmin, { method, path, body }: PlannedWrite): Promise<AcceptedWrite> {
  const contentType = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
  const sentAt = performance.now();
  const answer = await admin.send({ method, path, body, contentType });
  const acceptedAt = performance.now();
  const text = answer.body.toString('utf8');
  if (answer.status !== 200)
    throw new Error(`${method} ${path} was answered ${String(answer.status)}: ${text.slice(0, 200)}`);
  return { uid: field(text, 'uid'), resourceVersion: field(text, 'resourceVersion'), sentAt, acceptedAt };
}

/** The metadata come before anything else that has such a field. */
function field(text: string, name: string): string {
  const value = new RegExp(`"${name}":\\s*"([^"]*)"`).exec(text)?.[1];
  if (value === undefined) throw new Error(`the answer has no ${name}`);
  return value;
}
