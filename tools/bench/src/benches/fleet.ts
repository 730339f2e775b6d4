import { subscribe, usageOf, waitUntil } from '@meshery/testing';
import type { TcpFault } from '@meshery/testing';
import { Fleet } from '../fleet/fleet.ts';
import { type Latencies, latencies, round } from '../measure/stats.ts';
import { UsageWatch, toMb } from '../measure/usage.ts';
import { type BenchRow, judge } from '../report.ts';
import type { BenchSession } from '../session.ts';

const CLUSTERS = 50;
const OBJECTS = 2000;
const IDLE = 500;
const SETTLE_MS = 10_000;
const IDLE_MS = 20_000;
const CPU_LIMIT = 0.03;
const SLOWER_LIMIT = 1.2;
const PER_SECOND = 50;

/** What is done to the broker of one cluster while the others are measured. */
const faults: Readonly<Record<string, TcpFault>> = { refuses: { type: 'refuse' }, hangs: { type: 'stall' } };

/** 50 clusters of 2,000 objects and 500 that say nothing: memory of bridge and server, idle CPU, and isolation. */
export async function benchFleet(session: BenchSession): Promise<BenchRow[]> {
  const circumstances = session.circumstances();
  await using fleet = await Fleet.start({ clusters: CLUSTERS, objects: OBJECTS }, IDLE);
  await fleet.bridge.ready(120_000);
  const pids = { nats: fleet.nats.process.pid, server: fleet.server.process.pid, bridge: fleet.bridge.process.pid };
  const whole = new UsageWatch(pids);
  const started = performance.now();
  await fill(fleet);
  const syncSeconds = round((performance.now() - started) / 1000);
  await pause(SETTLE_MS);
  const withoutIdle = residentMb(pids.bridge);
  await fleet.registerIdle(IDLE);
  await pause(SETTLE_MS);
  const idleCpuShare = await cpuShare(pids.bridge);
  const residentMbOf = {
    server: residentMb(pids.server),
    bridge: residentMb(pids.bridge),
    nats: residentMb(pids.nats),
  };
  const isolation = await isolate(session, fleet);
  const problems = problemsOf(isolation, idleCpuShare);
  const perIdleLinkKb = round(((residentMbOf.bridge - withoutIdle) * 1000) / IDLE, 1);
  const shape = { clusters: CLUSTERS, objects: OBJECTS, idleLinks: IDLE };
  const details = { ...circumstances, ...shape, syncSeconds, residentMb: residentMbOf, perIdleLinkKb };
  return [
    judge('fleet', {
      ours: round(residentMbOf.server + residentMbOf.bridge, 1),
      problems,
      details: { ...details, idleCpuShare, cpuLimit: CPU_LIMIT, isolation, processes: whole.read() },
    }),
  ];
}

function problemsOf(isolation: Readonly<Record<string, Isolation>>, idleCpuShare: number): readonly string[] {
  const slower = Object.entries(isolation).flatMap(([fault, { ratio }]) =>
    ratio <= SLOWER_LIMIT ? [] : [`the others are ${String(ratio)} times as slow while a broker ${fault}`],
  );
  const share = `the idle bridge takes ${String(round(idleCpuShare * 100, 1))} % of a core`;
  return idleCpuShare > CPU_LIMIT ? [...slower, share] : slower;
}

async function fill(fleet: Fleet): Promise<void> {
  await Promise.all(fleet.agents.map((agent) => agent.snapshot(OBJECTS)));
  for (const id of fleet.clusterIds) {
    await waitUntil({ what: `the rows of ${id}`, timeoutMs: 120_000 }, async () => {
      return (await fleet.server.client.count(id)) === OBJECTS;
    });
  }
}

/** Share of one core while nothing happens. */
async function cpuShare(pid: number): Promise<number> {
  const before = usageOf(pid)?.cpuSeconds ?? Number.NaN;
  await pause(IDLE_MS);
  return round(((usageOf(pid)?.cpuSeconds ?? Number.NaN) - before) / (IDLE_MS / 1000), 4);
}

interface Isolation {
  readonly latencyMs: Latencies;
  /** The same without a fault, in turn. */
  readonly baseMs: Latencies;
  /** Of the two p99. */
  readonly ratio: number;
  readonly injected: number;
}

/** From the change at the agent to the event of the server, for every cluster but the one that is harmed. */
async function isolate(session: BenchSession, fleet: Fleet): Promise<Record<string, Isolation>> {
  const found: Record<string, Isolation> = {};
  for (const [name, fault] of Object.entries(faults)) {
    const [harmed, base]: [number[], number[]] = [[], []];
    const injected = fleet.proxy.injectedTotal;
    for (let turn = 0; turn < session.effort.rounds; turn += 1) {
      base.push(...(await delaysOf(session, fleet)));
      fleet.proxy.injectEverywhere(fault);
      harmed.push(...(await delaysOf(session, fleet)));
      fleet.proxy.heal();
      await fleet.bridge.ready(120_000);
    }
    const [latencyMs, baseMs] = [latencies(harmed), latencies(base)];
    const ratio = round(latencyMs.p99 / baseMs.p99, 2);
    found[name] = { latencyMs, baseMs, ratio, injected: fleet.proxy.injectedTotal - injected };
  }
  return found;
}

async function delaysOf(session: BenchSession, fleet: Fleet): Promise<readonly number[]> {
  const others = fleet.clusterIds.slice(1);
  const query = `clusterIds=${encodeURIComponent(JSON.stringify(others))}`;
  const url = `${fleet.server.url}/api/system/meshsync/resources/subscribe?${query}`;
  const sent = new Map<string, number>();
  const delays: number[] = [];
  const subscription = await subscribe(url, fleet.server.client.headers, ({ event, data, receivedAt }) => {
    if (event !== 'upsert') return;
    const { uid, resourceVersion } = (JSON.parse(data) as { metadata: { uid: string; resourceVersion: string } })
      .metadata;
    const key = `${uid} ${resourceVersion}`;
    const at = sent.get(key);
    if (at === undefined) return;
    sent.delete(key);
    delays.push(receivedAt - at);
  });
  const total = PER_SECOND * session.effort.loadSeconds;
  for (let index = 0; index < total; index += 1) {
    const agent = fleet.agents[1 + (index % others.length)];
    if (agent === undefined) throw new Error('there is no such agent');
    const { uid, resourceVersion, stored } = agent.change(index % OBJECTS);
    sent.set(`${uid} ${resourceVersion}`, performance.now());
    await Promise.all([stored, pause(1000 / PER_SECOND)]);
  }
  await waitUntil({ what: 'every change being seen', timeoutMs: 30_000 }, () => sent.size === 0);
  subscription.close();
  return delays;
}

const residentMb = (pid: number): number => toMb(usageOf(pid)?.rssBytes ?? Number.NaN);

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
