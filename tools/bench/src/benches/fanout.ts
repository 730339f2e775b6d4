import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { ManagedProcess, MesheryServer, freePort, httpRequest } from '@meshery/testing';
import { Audience } from '../load/audience.ts';
import { runRounds } from '../measure/rounds.ts';
import { latencies, median, round } from '../measure/stats.ts';
import { usedBy } from '../measure/usage.ts';
import { type BenchRow, judge } from '../report.ts';
import type { BenchSession } from '../session.ts';

const LISTENERS = 1000;
const STALLED = 50;
const PER_SECOND = 100;
const P99_LIMIT_MS = 300;
/** How much stalled listeners may slow the others down. */
const STALLED_LIMIT = 1.2;
const path = '/api/system/events';

interface Heard {
  readonly perSecond: number;
  readonly p99: number;
}

/** 1,000 event streams and 100 events/s, against writing the same bytes to raw sockets; then with 5 % of them stalled. */
export async function benchFanout(session: BenchSession): Promise<BenchRow[]> {
  const circumstances = session.circumstances();
  await using server = await MesheryServer.start();
  const file = join(session.dir.path, 'event.txt');
  writeFileSync(file, await sampleEvent(server));
  const port = await freePort();
  const script = fileURLToPath(new URL('../load/raw-fan-out.ts', import.meta.url));
  await using raw = await ManagedProcess.start({
    name: 'raw-fan-out',
    file: process.execPath,
    args: [script, file, String(port)],
    logPath: join(session.dir.path, 'raw-fan-out.log'),
  });
  await listening(port);
  const seconds = session.effort.loadSeconds;
  const subjects = [
    { name: 'ours', run: () => ours(server, 0, seconds) },
    { name: 'reference', run: () => reference(port, seconds) },
    { name: 'stalled', run: () => ours(server, STALLED, seconds) },
  ];
  const samples = await runRounds(subjects, session.effort.rounds, () => undefined);
  const processes = { server: usedBy(server.process), raw: usedBy(raw) };
  return [rowOf(samples, { ...circumstances, processes })];
}

/** The row of all rounds. */
function rowOf(samples: ReadonlyMap<string, readonly Heard[]>, facts: object): BenchRow {
  const of = (name: string): readonly Heard[] => samples.get(name) ?? [];
  const ratios = of('ours').map(
    ({ perSecond }, index) => perSecond / (of('reference')[index]?.perSecond ?? Number.NaN),
  );
  const p99 = median(of('ours').map((heard) => heard.p99));
  const p99Stalled = median(of('stalled').map((heard) => heard.p99));
  const problems: string[] = [];
  if (!(p99 <= P99_LIMIT_MS)) problems.push(`p99 is ${String(round(p99))} ms, over ${String(P99_LIMIT_MS)} ms`);
  if (!(p99Stalled <= STALLED_LIMIT * p99))
    problems.push(`with stalled listeners p99 is ${String(round(p99Stalled))} ms instead of ${String(round(p99))} ms`);
  const rates = (name: string): number[] => of(name).map(({ perSecond }) => round(perSecond, 0));
  const details = {
    ...facts,
    listeners: LISTENERS,
    eventsPerSecond: PER_SECOND,
    p99Ms: of('ours').map((heard) => round(heard.p99)),
    p99StalledMs: of('stalled').map((heard) => round(heard.p99)),
    p99ReferenceMs: of('reference').map((heard) => round(heard.p99)),
    deliveriesPerSecond: { ours: rates('ours'), reference: rates('reference'), stalled: rates('stalled') },
  };
  const figures = { ours: median(rates('ours')), reference: median(rates('reference')), ratio: round(median(ratios)) };
  return judge('fanout', { ...figures, problems, details });
}

async function ours(server: MesheryServer, stalled: number, seconds: number): Promise<Heard> {
  const request = `GET ${path}/subscribe HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${server.token}\r\n\r\n`;
  const audience = await Audience.open({ port: server.port, request, listeners: LISTENERS, stalled });
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });
  const heard = await listenWhile(audience, seconds, () => post(server, agent));
  agent.destroy();
  return heard;
}

async function reference(port: number, seconds: number): Promise<Heard> {
  const audience = await Audience.open({ port, request: 'GET / HTTP/1.1\r\n\r\n', listeners: LISTENERS, stalled: 0 });
  const control = connect(port, '127.0.0.1');
  await once(control, 'connect');
  const heard = await listenWhile(audience, seconds, () => {
    control.write('\n');
    return Promise.resolve();
  });
  control.destroy();
  return heard;
}

/** Sends events at their rate, whether or not earlier ones have arrived, and waits for the last one. */
async function listenWhile(audience: Audience, seconds: number, send: () => Promise<void>): Promise<Heard> {
  const sent: Promise<void>[] = [];
  const begun = performance.now();
  for (let index = 0; index < seconds * PER_SECOND; index += 1) {
    await sleep(Math.max(0, begun + (index * 1000) / PER_SECOND - performance.now()));
    audience.sending();
    sent.push(send());
  }
  await Promise.all(sent);
  const perSecond = await audience.heardAll();
  audience.close();
  return { perSecond, p99: latencies(audience.delays).p99 };
}

async function post(server: MesheryServer, agent?: Agent): Promise<void> {
  const { status } = await httpRequest(`${server.url}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ category: 'bench', action: 'view', description: 'an event of the benchmark' }),
    ...(agent === undefined ? {} : { agent }),
  });
  if (status !== 201) throw new Error(`an event was answered ${String(status)}`);
}

/** One event as the stream sends it. */
async function sampleEvent(server: MesheryServer): Promise<string> {
  await post(server);
  const { body } = await server.client.send(`${path}?pagesize=1`);
  const [event] = (JSON.parse(body.toString('utf8')) as { events: { sequence: number }[] }).events;
  return `\nid: ${String(event?.sequence)}\ndata: ${JSON.stringify(event)}\n\n`;
}

async function listening(port: number): Promise<void> {
  for (let left = 100; left > 0; left -= 1) {
    const socket = connect(port, '127.0.0.1');
    const isOpen = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (isOpen) return;
    await sleep(50);
  }
  throw new Error('the reference does not listen');
}
