import { Batch, PushRequest } from '../generated/meshery/ingest/v1/ingest.ts';
import { unpackBatch } from '../ingest/decode-batch.ts';
import { decodePushRequest, encodePushRequest } from './push-request.ts';

test.each([0, 100, 127, 128, 20_000, 300_000])(
  'a batch of about %i bytes is framed as the generated code does',
  (size) => {
    const batch: Batch = {
      clusterId: 'c',
      incarnation: 'i',
      kind: 'k',
      epoch: 0,
      sequence: 1,
      producedAtUnixMs: 0,
      body: { $case: 'agentReport', value: { state: 1, reason: '', message: 'x'.repeat(size), agentVersion: '' } },
    };
    expect(PushRequest.decode(encodePushRequest(Batch.encode(batch).finish()))).toEqual({ batch });
  },
);

test('the batch of a request is read with its changes encoded', () => {
  const object = { type: 1 as const, uid: 'u', apiVersion: 'v1', kind: 'Pod', namespace: 'n', name: 'a' };
  const change = { ...object, resourceVersion: '1', creationTimestamp: '', labels: {}, json: '{}' };
  const head = { clusterId: 'c', incarnation: 'i', kind: 'k', epoch: 1, sequence: 2, producedAtUnixMs: 3 };
  const batch: Batch = { ...head, body: { $case: 'changes', value: { objects: [change], resourceVersion: '7' } } };
  const request = PushRequest.encode({ batch }).finish();
  const read = decodePushRequest(request).batch;
  expect(read).toMatchObject(head);
  expect(read?.body).toMatchObject({ value: { objects: [], packed: { count: 1 } } });
  expect(read === undefined ? undefined : unpackBatch(read).body).toMatchObject({ value: { objects: [change] } });
  expect(decodePushRequest(new Uint8Array(0)).batch).toBeUndefined();
});
