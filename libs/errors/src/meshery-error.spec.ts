import { MesheryError, isMesheryError, toMesheryError } from './index.ts';

describe('toMesheryError', () => {
  test('finds a coded error behind plain wrappers', () => {
    const coded = new MesheryError('meshery-kube-1303', 'unreachable');
    const wrapped = new Error('outer', { cause: new Error('inner', { cause: coded }) });
    expect(toMesheryError(wrapped)).toBe(coded);
  });

  test('ends on a cause chain that points at itself', () => {
    const loop = new Error('loop');
    loop.cause = loop;
    expect(toMesheryError(loop).code).toBe('meshery-core-1000');
  });

  test('keeps the original as cause of an unexpected error', () => {
    const original = new TypeError('boom');
    const converted = toMesheryError(original);
    expect(isMesheryError(converted)).toBe(true);
    expect(converted.cause).toBe(original);
    expect(converted.mapping.http).toBe(500);
  });
});
