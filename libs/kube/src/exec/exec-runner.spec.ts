import { systemClock } from '@meshery/observability';
import { resolveAccess } from '../kubeconfig/cluster-access.ts';
import { parseKubeconfig } from '../kubeconfig/parse-kubeconfig.ts';
import { createExecRunner } from './exec-runner.ts';

/** A kubeconfig whose plugin runs this program text in Node. */
function kubeconfig(program: string): string {
  const exec = {
    apiVersion: 'client.authentication.k8s.io/v1',
    command: process.execPath,
    args: ['-e', program],
    env: [{ name: 'WHO', value: 'me' }],
  };
  return JSON.stringify({
    'current-context': 'c',
    clusters: [{ name: 'c', cluster: { server: 'https://10.0.0.1' } }],
    users: [{ name: 'u', user: { exec } }],
    contexts: [{ name: 'c', context: { cluster: 'c', user: 'u' } }],
  });
}

function access(program: string) {
  const options = { trust: 'user-file', clock: systemClock, exec: createExecRunner() } as const;
  return resolveAccess(parseKubeconfig(kubeconfig(program)), options);
}

describe('createExecRunner', () => {
  test('takes the token of the plugin, and a new one after a rejection', async () => {
    const program = `console.log(JSON.stringify({ apiVersion: 'client.authentication.k8s.io/v1', kind: 'ExecCredential',
      status: { token: process.env.WHO + '-' + process.pid } }))`;
    const { credential } = await access(program);
    const first = await credential.authorization();
    expect(first).toMatch(/^Bearer me-\d+$/);
    expect(await credential.authorization()).toBe(first);
    credential.invalidate();
    const second = await credential.authorization();
    expect(second).toMatch(/^Bearer me-\d+$/);
    expect(second).not.toBe(first);
  });

  test.each(['process.exit(3)', 'console.log("not JSON")'])('says which plugin failed: %s', async (program) => {
    await expect(access(program)).rejects.toMatchObject({
      code: 'meshery-kube-1304',
      message: expect.stringContaining(process.execPath) as unknown,
      remedy: expect.any(String) as unknown,
    });
  });
});
