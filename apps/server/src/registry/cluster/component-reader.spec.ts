import { MesheryError } from '@meshery/errors';
import { ComponentReader } from './component-reader.ts';

let reader: ComponentReader;
beforeEach(() => {
  reader = new ComponentReader();
});
afterEach(() => reader.close());

const read = (text: string, signal = new AbortController().signal) =>
  reader.read(Buffer.from(text), 'shop.io/v1', signal);
const gvk = '{"group":"shop.io","version":"v1","kind":"Shop"}';
const path = `"/shops":{"get":{"x-kubernetes-action":"list","x-kubernetes-group-version-kind":${gvk}}}`;
const whole = `{"paths":{${path}},"components":{"schemas":{"S":{"x-kubernetes-group-version-kind":[${gvk}]}}}}`;

test('reads one document after the other, also after one that it cannot use', async () => {
  expect(await read(whole)).toMatchObject([{ kind: 'Shop' }]);
  for (const bad of ['<html>', '['.repeat(200_000), `{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}`]) {
    await expect(read(bad)).rejects.toMatchObject({ code: 'meshery-registry-2100' });
  }
  const deep = `{"type":${'['.repeat(100_000)}${']'.repeat(100_000)},"x-kubernetes-group-version-kind":[${gvk}]}`;
  await expect(read(`{"paths":{${path}},"components":{"schemas":{"S":${deep}}}}`)).rejects.toBeInstanceOf(MesheryError);
  expect(await read(whole)).toMatchObject([{ kind: 'Shop' }]);
});

test('ends with the signal, and works again', async () => {
  const reason = new Error('cancelled');
  await expect(read(whole, AbortSignal.abort(reason))).rejects.toBe(reason);
  expect(await read(whole)).toHaveLength(1);
});

test('gives up on a document that takes too long', async () => {
  const hasty = new ComponentReader(1);
  const large = Buffer.from(`[${'0,'.repeat(5_000_000)}0]`);
  const { signal } = new AbortController();
  await expect(hasty.read(large, 'shop.io/v1', signal)).rejects.toMatchObject({ code: 'meshery-registry-2100' });
});
