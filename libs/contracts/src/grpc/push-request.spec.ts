import { Batch, PushRequest } from '../generated/meshery/ingest/v1/ingest.ts';
import { encodePushRequest } from './push-request.ts';

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
