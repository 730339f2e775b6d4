import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ControlPlane, ListableResource } from '@meshery/testing';

/** Writes a curl configuration that downloads every list, one after the other, over one connection. */
export function curlConfig(dir: string, plane: ControlPlane, resources: readonly ListableResource[]): string {
  const ca = join(dir, 'ca.crt');
  writeFileSync(ca, plane.caPem);
  // Curl's own agent name would make the API server pretty-print its answers: twice the bytes.
  const common = [
    `cacert = "${ca}"`,
    `header = "Authorization: Bearer ${plane.adminToken}"`,
    'header = "Accept: application/json"',
    'user-agent = "bench"',
    'http1.1',
    'fail',
    'silent',
    'show-error',
  ];
  const targets = resources.flatMap(({ path }) => [`url = "${plane.url}${path}"`, 'output = "/dev/null"']);
  const path = join(dir, 'curl.conf');
  writeFileSync(path, [...common, ...targets, ''].join('\n'), { mode: 0o600 });
  return path;
}
