import { createLogger, systemClock } from '@meshery/observability';
import { noCredential } from '../kubeconfig/credential.ts';
import { ApiServerGate } from '../transport/api-server-gate.ts';
import { createKubeTransport } from '../transport/kube-transport.ts';
import { outcome } from '../watch/api-status.ts';
import { Semaphore } from '../watch/semaphore.ts';
import { defaultStreamConfig } from '../watch/stream-config.ts';
import type { KubeObject } from '../client/kube-object.ts';
import { ObjectWatch } from './object-watch.ts';

const type = { group: '', version: 'v1', plural: 'things', kind: 'Thing', namespaced: true };

/** A watch that nothing flows into but what the test hands it. */
function watchOf(changes: string[]): ObjectWatch<KubeObject> {
  const access = {
    contextName: 't',
    clusterName: 't',
    server: 'https://127.0.0.1:1',
    ca: undefined,
    cert: undefined,
    key: undefined,
    tlsServerName: undefined,
    insecureSkipTlsVerify: false,
    proxyUrl: undefined,
    credential: noCredential,
  };
  const transport = createKubeTransport(access, { clock: systemClock });
  const gate = new ApiServerGate({ transport, clock: systemClock, random: Math.random });
  const base = { transport, gate, clock: systemClock, random: Math.random, config: defaultStreamConfig };
  const logger = createLogger({ service: 'test', level: 'silent' });
  return new ObjectWatch<KubeObject>(
    { ...base, snapshots: new Semaphore(1) },
    { type, logger, onChange: (key, object) => changes.push(`${key} ${object?.metadata.resourceVersion ?? 'gone'}`) },
  );
}

const thing = (resourceVersion: string, uid = 'u'): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Thing',
  metadata: { name: 'a', namespace: 'n', uid, resourceVersion },
});

const bytes = (object: KubeObject): Buffer => Buffer.from(JSON.stringify(object));

test('what a write answered counts at once, and its event tells nothing new', () => {
  const changes: string[] = [];
  const watch = watchOf(changes);
  watch.snapshotBegin();
  watch.snapshotEnd('5');
  watch.adopt(thing('7'));
  watch.event('ADDED', bytes(thing('7')));
  expect(watch.get('n/a')?.metadata.resourceVersion).toBe('7');
  expect(changes).toEqual(['n/a 7']);
});

test('the event of an earlier write does not bring back what it replaced', () => {
  const watch = watchOf([]);
  watch.adopt(thing('9'));
  watch.event('MODIFIED', bytes(thing('8')));
  expect(watch.get('n/a')?.metadata.resourceVersion).toBe('9');
});

test('an answer that comes after the end of its object does not bring it back', () => {
  const watch = watchOf([]);
  watch.event('ADDED', bytes(thing('7')));
  watch.event('DELETED', bytes(thing('10')));
  watch.adopt(thing('9'));
  expect(watch.get('n/a')).toBeUndefined();
});

test('the same name made anew is another object', () => {
  const watch = watchOf([]);
  watch.event('ADDED', bytes(thing('7', 'one')));
  watch.adopt(thing('12', 'two'));
  expect(watch.get('n/a')?.metadata.uid).toBe('two');
});

test('a new snapshot takes away what it does not name', () => {
  const changes: string[] = [];
  const watch = watchOf(changes);
  watch.event('ADDED', bytes(thing('7')));
  watch.snapshotBegin();
  watch.snapshotEnd('20');
  expect(changes).toEqual(['n/a 7', 'n/a gone']);
});

test('a quiet watch is still of use, one that had stalled is not', () => {
  const watch = watchOf([]);
  watch.snapshotBegin();
  watch.snapshotEnd('5');
  watch.phase('live');
  watch.phase('waiting', outcome('quiet', 'No byte arrived for 90 s.'));
  expect(watch.state).toEqual({ synced: true });
  watch.phase('waiting', outcome('stalled', 'No byte arrived, though there were changes.'));
  expect(watch.state).toEqual({ synced: false, reason: 'No byte arrived, though there were changes.' });
});
