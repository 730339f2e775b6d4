import { appendFileSync } from 'node:fs';
import { RunScript, objectChange } from './batches.ts';
import { openIn } from './sqlite-under-test.ts';

/*
 * A process that ingests one object per batch until it is killed, and writes every name to a file only after the store
 * acknowledged it. Arguments: data folder, file of acknowledged names, incarnation.
 */
const [folder = '', acknowledged = '', incarnation = ''] = process.argv.slice(2);
const kind = 'pods.v1.';
const store = await openIn(folder);
const run = new RunScript('c1', incarnation);
const { checkpoints } = await store.openRun(run.open());
const [checkpoint] = checkpoints;
if (checkpoint === undefined) {
  await store.ingest(run.begin(kind));
  await store.ingest(run.end(kind, '1'));
} else {
  run.resume(kind, checkpoint.epoch);
}
process.stdout.write('ready\n');
for (let index = 0; ; index += 8) {
  const names = Array.from({ length: 8 }, (_, offset) => `pod-${incarnation}-${index + offset}`);
  const outcomes = await Promise.all(
    names.map((name) => store.ingest(run.changes(kind, [objectChange(name, { resourceVersion: name })], name))),
  );
  if (outcomes.some((outcome) => outcome.verdict !== 1)) throw new Error(JSON.stringify(outcomes));
  appendFileSync(acknowledged, `${names.join('\n')}\n`);
}
