import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Metadata, credentials } from '@grpc/grpc-js';
import type { InventoryObject, ResourcePage } from '@meshery/contracts';
import { AgentState } from '@meshery/contracts';
import { createInventoryServiceClient } from '@meshery/contracts/grpc';
import { IngestModule } from '../src/ingest/ingest.module.ts';
import { Caller } from './caller.ts';
import { Feed } from './feed.ts';
import { askGraphql } from './graphql-caller.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

/** What rows of a cluster say that nobody keeps up to date, on every surface. */

type Marks = Readonly<Record<string, string | undefined>>;

let server: TestServer;
let left: Feed;
beforeAll(async () => {
  server = await startTestServer();
  left = new Feed(server.store, 'left');
  const kept = new Feed(server.store, 'kept');
  await left.open();
  await kept.open();
  await left.upsert({ name: 'of-left' });
  await kept.upsert({ name: 'of-kept' });
}, 60_000);
afterAll(() => server.stop());

test('rows say since when their cluster is stale, on every surface, and nothing while it is not', async () => {
  const fresh: Marks = { 'of-left': undefined, 'of-kept': undefined };
  const surfaces = [rest, restSelected, restOne, restComponent, graphql, grpc];
  for (const surface of surfaces) expect(await surface()).toEqual(fresh);
  expect(await (await server.get(`${path}?clusterIds=["all"]`)).text()).not.toContain('staleSince');
  await report(AgentState.AGENT_STATE_STOPPED);
  const since = (await server.store.clusters()).find(({ id }) => id === 'left')?.lastSeen;
  for (const surface of surfaces) expect(await surface()).toEqual({ ...fresh, 'of-left': since });
  await report(AgentState.AGENT_STATE_RUNNING);
  for (const surface of surfaces) expect(await surface()).toEqual(fresh);
});

const path = '/api/system/meshsync/resources';

async function report(state: AgentState): Promise<void> {
  const value = { state, reason: '', message: '', agentVersion: 'test' };
  expect((await server.store.ingest(left.batch({ $case: 'agentReport', value }, ''))).verdict).toBe(1);
}

async function rest(more = ''): Promise<Marks> {
  const { resources } = (await (await server.get(`${path}?clusterIds=["all"]${more}`)).json()) as ResourcePage;
  return Object.fromEntries(resources.map(({ metadata, staleSince }) => [metadata.name, staleSince]));
}

function restSelected(): Promise<Marks> {
  return rest('&fields=name,staleSince');
}

async function restOne(): Promise<Marks> {
  const marks = ['of-left', 'of-kept'].map(async (name) => {
    const row = (await (await server.get(`${path}/uid-default-${name}?format=row`)).json()) as { staleSince?: string };
    return [name, row.staleSince] as const;
  });
  return Object.fromEntries(await Promise.all(marks));
}

async function restComponent(): Promise<Marks> {
  const marks = ['of-left', 'of-kept'].map(async (name) => {
    const component = (await (await server.get(`${path}/uid-default-${name}`)).json()) as {
      metadata: { instanceDetails: { staleSince?: string } };
    };
    return [name, component.metadata.instanceDetails.staleSince] as const;
  });
  return Object.fromEntries(await Promise.all(marks));
}

async function graphql(): Promise<Marks> {
  const query = '{ resources(filter: { clusterIds: ["all"] }) { resources { name staleSince } } }';
  const { data } = await askGraphql(Caller.owner(server), query);
  const { resources } = (data as { resources: { resources: { name: string; staleSince: string | null }[] } }).resources;
  return Object.fromEntries(resources.map(({ name, staleSince }) => [name, staleSince ?? undefined]));
}

async function grpc(): Promise<Marks> {
  const ca = await readFile(join(server.folder, 'ingest', 'ca.pem'));
  const address = `localhost:${String(server.service.app.get(IngestModule).port)}`;
  const client = createInventoryServiceClient(address, credentials.createSsl(ca));
  const metadata = new Metadata();
  metadata.set('authorization', `Bearer ${server.token}`);
  try {
    const request = { selector: undefined, pageSize: 0, pageToken: '', withJson: false };
    const objects = await new Promise<readonly InventoryObject[]>((resolve, reject) => {
      client.list(request, metadata, { deadline: Date.now() + 30_000 }, (error, response) => {
        if (response === undefined) reject(error ?? new Error('no answer'));
        else resolve(response.objects);
      });
    });
    return Object.fromEntries(
      objects.map(({ name, staleSince }) => [name, staleSince === '' ? undefined : staleSince]),
    );
  } finally {
    client.close();
  }
}
