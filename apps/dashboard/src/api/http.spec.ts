import { ApiError } from './api-error.ts';
import { post } from './http.ts';

const original = globalThis.fetch;

afterEach(() => {
  globalThis.fetch = original;
});

describe('post', () => {
  it('fails as an answer that never came when the deadline is over', async () => {
    globalThis.fetch = (_path, init) =>
      new Promise((_resolve, reject) => {
        init?.signal?.addEventListener('abort', () => reject(init.signal?.reason as Error));
      });
    const failure: unknown = await post('/api/user/logout', 5).catch((reason: unknown) => reason);
    expect(failure).toBeInstanceOf(ApiError);
    expect((failure as ApiError).fields).toMatchObject({ status: 0, code: 'network' });
  });

  it('carries the code and the remedy of a refusal', async () => {
    const body = { error: 'Refused', code: 'meshery-auth-1205', suggestedRemediation: ['Open the dashboard itself.'] };
    globalThis.fetch = () => Promise.resolve(Response.json(body, { status: 403 }));
    await expect(post('/api/user/logout', 1_000)).rejects.toMatchObject({
      fields: { status: 403, code: 'meshery-auth-1205', remedy: ['Open the dashboard itself.'] },
    });
  });
});
