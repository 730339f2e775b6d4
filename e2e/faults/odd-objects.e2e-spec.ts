import {
  SeededRandom,
  configMapObject,
  crdObject,
  customCollection,
  customKind,
  kubectlRaw,
  oddCustomJson,
  waitUntil,
} from '@meshery/testing';
import { EmbeddedScene, type ServedScene } from '../support/embedded-scene.ts';

const CONFIG_MAPS = '/api/v1/namespaces/default/configmaps';

describe('objects that break careless code', () => {
  const odd = customKind('oddity');
  const collection = customCollection(odd, 'default');
  let scene: EmbeddedScene;
  let served: ServedScene;

  beforeAll(async () => {
    scene = await EmbeddedScene.start(20);
    await scene.admin.create('/apis/apiextensions.k8s.io/v1/customresourcedefinitions', crdObject(odd));
    await waitUntil({ what: 'the kind being served', timeoutMs: 60_000 }, async () => {
      return (await scene.admin.send({ path: collection })).status === 200;
    });
    served = await scene.serve('tcp');
  }, 300_000);

  afterAll(async () => {
    await served.stop();
    await scene.stop();
  });

  /** The object as REST answers it, byte for byte. */
  const stored = async (uid: string): Promise<string> => {
    const answer = await served.server.client.send(`/api/system/meshsync/resources/${uid}?format=kubernetes`);
    expect(answer.status).toBe(200);
    return answer.body.toString('utf8');
  };

  test('keys named __proto__ and integers above 2^53 are in REST digit for digit', async () => {
    const { metadata } = await scene.admin.create(
      collection,
      oddCustomJson(odd, { name: 'odd', namespace: 'default' }),
    );
    await served.oracle.expectInSync(60_000);
    const text = await stored(metadata.uid);
    const truth = (await kubectlRaw(scene.plane.kubeconfigPath, `${collection}/odd`)).toString('utf8');
    const specOf = (json: string): string => /"spec":(\{.*\})/.exec(json.replaceAll(/\s+$/g, ''))?.[1] ?? '';
    for (const part of [
      '"__proto__":{"polluted":true}',
      '"big":9007199254740993',
      '"negative":-9223372036854775808',
      '"greatest":9223372036854775807',
    ]) {
      expect(truth).toContain(part);
      expect(text).toContain(part);
    }
    expect(sorted(specOf(text))).toBe(sorted(specOf(truth)));
    const row = await served.server.client.json<{ spec: { attribute: string } }>(
      `/api/system/meshsync/resources/${metadata.uid}?format=row`,
    );
    expect(row.spec.attribute).toContain('"big":9007199254740993');
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  /** The digits and characters of a text, whatever the order of its fields. */
  function sorted(json: string): string {
    return Array.from(json.replace(/\}+$/, '')).sort().join('');
  }

  test('an integer above 2^53 that changes by one is seen', async () => {
    const path = `${collection}/odd`;
    const change = '{"spec":{"big":9007199254740995}}';
    const contentType = 'application/merge-patch+json';
    const { metadata } = await scene.admin.json({ method: 'PATCH', path, body: change, contentType });
    await served.oracle.expectInSync(60_000);
    expect(await stored(metadata.uid)).toContain('"big":9007199254740995');
  });

  test('objects of nearly 1.5 MB are stored whole', async () => {
    const random = new SeededRandom(9);
    const uids: string[] = [];
    for (const index of [1, 2, 3]) {
      const place = { name: `huge-${String(index)}`, namespace: 'default' };
      // A ConfigMap may hold 1 MiB of data; what follows from quoting and annotations makes it as big as etcd takes.
      const object = configMapObject(place, random, 1_040_000);
      const annotations = { filler: '"\\'.repeat(60_000) };
      const { metadata } = await scene.admin.create(CONFIG_MAPS, {
        ...object,
        metadata: { ...object.metadata, annotations },
      });
      uids.push(metadata.uid);
    }
    await served.oracle.expectInSync(60_000);
    for (const uid of uids) expect(Buffer.byteLength(await stored(uid))).toBeGreaterThan(1_200_000);
  });
});
