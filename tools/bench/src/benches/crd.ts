import { join } from 'node:path';
import {
  ApiInterceptor,
  type InterceptedRequest,
  KubeAdmin,
  MesheryServer,
  SeededRandom,
  crdObject,
  customCollection,
  customKind,
  customObject,
  waitUntil,
  writeKubeconfig,
} from '@meshery/testing';
import { usedBy } from '../measure/usage.ts';
import { type BenchRow, judge } from '../report.ts';
import type { BenchSession } from '../session.ts';
import { waitForRows } from '../subjects/embedded.ts';

const VISIBLE_TIMEOUT_MS = 30_000;
/** How long late lists of other kinds are waited for after the new kind is there. */
const QUIET_MS = 5_000;

/** One CRD is added: bytes of lists of other kinds that follow from it. */
export async function benchCrd(session: BenchSession): Promise<BenchRow[]> {
  const circumstances = session.circumstances();
  const { plane, facts } = await session.cluster('mixed');
  try {
    await using interceptor = await ApiInterceptor.start(plane);
    const kubeconfig = writeKubeconfig({ path: join(session.dir.path, 'intercepted'), server: interceptor.url });
    await using server = await MesheryServer.start({ kubeconfig });
    await waitForRows(server.client, facts);
    const before = interceptor.requests.length;
    const kind = customKind('novelty');
    using admin = new KubeAdmin(plane, 2);
    await addKind(admin, kind);
    await waitUntil({ what: 'the new kind being in the store', timeoutMs: VISIBLE_TIMEOUT_MS }, async () => {
      return (await server.client.page(facts.id, `kind=${kind.kind}`)).totalCount === 1;
    });
    await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
    const later = interceptor.requests.slice(before).filter(isList);
    const own = later.filter(({ path }) => path.endsWith(`/${kind.plural}`));
    const others = later.filter(({ path }) => !path.endsWith(`/${kind.plural}`));
    const bytes = others.reduce((sum, request) => sum + request.bytes, 0);
    return [
      judge('crd', {
        ours: others.length === 0 ? 0 : Math.max(1, bytes),
        problems: own.length === 0 ? ['no list of the new kind was seen, so nothing was measured'] : [],
        details: {
          ...circumstances,
          listsOfTheNewKind: own.length,
          listsOfOtherKinds: others.map(({ path, bytes: size }) => ({ path, bytes: size })),
          processes: { server: usedBy(server.process) },
        },
      }),
    ];
  } finally {
    await session.spoil();
  }
}

function isList({ verb }: InterceptedRequest): boolean {
  return verb === 'list' || verb === 'initial';
}

async function addKind(admin: KubeAdmin, kind: ReturnType<typeof customKind>): Promise<void> {
  await admin.create('/apis/apiextensions.k8s.io/v1/customresourcedefinitions', crdObject(kind));
  const collection = customCollection(kind, 'default');
  await waitUntil({ what: 'the new kind being served', timeoutMs: VISIBLE_TIMEOUT_MS }, async () => {
    return (await admin.send({ path: collection })).status === 200;
  });
  await admin.create(collection, customObject(kind, { name: 'first', namespace: 'default' }, new SeededRandom(1)));
}
