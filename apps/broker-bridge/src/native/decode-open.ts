import { OpenRunRequest } from '@meshery/contracts';

/** Reads the opening of a run; undefined when it is none, or names no run. */
export function decodeOpen(data: Uint8Array): OpenRunRequest | undefined {
  try {
    const request = OpenRunRequest.decode(data);
    return request.clusterId !== '' && request.incarnation !== '' ? request : undefined;
  } catch {
    return undefined;
  }
}
