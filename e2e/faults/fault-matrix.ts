/** One fault that must be survived, and the test that injects it. */
export interface FaultRow {
  readonly fault: string;
  /** File, seen from e2e/faults. */
  readonly file: string;
  /** Title of the test, or the part of it that its table fills in. */
  readonly test: string;
}

const apiServer = 'api-server.e2e-spec.ts';
const broker = 'broker.e2e-spec.ts';
const kinds = 'kinds.e2e-spec.ts';
const oddObjects = 'odd-objects.e2e-spec.ts';
const operator = (name: string): string => `../operator/${name}.e2e-spec.ts`;

/** Every fault of the list "Faults that must be survived", and what came to it; the oracle is asked after each. */
export const faultMatrix: readonly FaultRow[] = [
  { fault: 'API server restarted', file: apiServer, test: 'API server restarted while objects change' },
  { fault: 'API server killed mid-list', file: apiServer, test: 'API server killed in the middle of a list' },
  { fault: '410 at connect', file: apiServer, test: '410 at connect lists that kind again and no other' },
  { fault: '410 in the stream', file: apiServer, test: '410 in the stream lists that kind again' },
  { fault: 'stalled watch', file: apiServer, test: 'stalled watch is noticed and opened again' },
  {
    fault: 'stream cut at any byte, UTF-8 split',
    file: apiServer,
    test: 'stream cut at any byte, in the middle of characters too',
  },
  {
    fault: 'same name deleted and recreated',
    file: apiServer,
    test: 'same name deleted and recreated while the watch is away',
  },
  {
    fault: '403 on one kind that is granted later',
    file: kinds,
    test: '403 on one kind is shown with its remedy, and the kind comes in when it is granted',
  },
  {
    fault: 'CRD deleted while watched',
    file: kinds,
    test: 'CRD deleted while watched takes its rows along, and comes back as a new kind',
  },
  { fault: 'nats-server down 2 minutes', file: broker, test: 'nats-server down for two minutes' },
  { fault: 'nats-server restarted empty', file: broker, test: 'nats-server restarted empty' },
  {
    fault: 'bridge and server killed at random 50 times',
    file: 'crashes.e2e-spec.ts',
    test: 'bridge and server killed at random 50 times between receive, commit and ack',
  },
  {
    fault: 'old agent beside a new one',
    file: broker,
    test: 'an old agent that comes back beside a new one stops and changes nothing',
  },
  {
    fault: 'duplicated, reordered and very late messages',
    file: broker,
    test: 'duplicated, reordered and very late messages',
  },
  {
    fault: 'message that is not JSON, of 10 MB, nested 10,000 deep',
    file: broker,
    test: 'messages that are of no use are parked with their reason, the rest flows',
  },
  { fault: 'publish over max_payload', file: broker, test: 'objects far over max_payload arrive whole' },
  { fault: 'objects of 1.5 MB', file: oddObjects, test: 'objects of nearly 1.5 MB are stored whole' },
  {
    fault: 'keys named __proto__',
    file: oddObjects,
    test: 'keys named __proto__ and integers above 2^53 are in REST digit for digit',
  },
  {
    fault: 'integers above 2^53',
    file: oddObjects,
    test: 'an integer above 2^53 that changes by one is seen',
  },
  { fault: 'disk full while writing', file: 'disk.e2e-spec.ts', test: 'disk %s while writing, and good again' },
  { fault: 'disk read-only while writing', file: 'disk.e2e-spec.ts', test: 'disk %s while writing, and good again' },
  {
    fault: 'cache damaged while in use, agent behind a broker',
    file: 'damage.e2e-spec.ts',
    test: 'cache damaged while in use is full again at once',
  },
  {
    fault: 'cache damaged while the server is down, agent behind a broker',
    file: 'damage.e2e-spec.ts',
    test: 'cache damaged while the server is down is full again at once',
  },
  {
    fault: 'operator killed at random 50 times',
    file: operator('kills'),
    test: 'an operator killed 50 times at any moment leaves everything as it is wanted, once',
  },
  {
    fault: 'leader of two operators killed',
    file: operator('leaders'),
    test: 'the leader killed in the middle of its work: the other ends it, and one after the other wrote',
  },
  {
    fault: 'leader of two operators stopped until another leads',
    file: operator('leaders'),
    test: 'a leader that was stopped and goes on after another took over begins no write',
  },
  {
    fault: 'Broker edited 200 times while it is reconciled',
    file: operator('edits'),
    test: 'a Broker edited 200 times while it is reconciled ends as the last edit wants it',
  },
  {
    fault: 'owned objects deleted and edited by others 100 times',
    file: operator('edits'),
    test: 'owned objects that others delete and edit 100 times come back as they were',
  },
  {
    fault: 'API server restarted and killed while the operator works',
    file: operator('api-server'),
    test: 'API server ended by %s in the middle of reconciles, three times',
  },
  {
    fault: 'connections of the operator cut',
    file: operator('api-server'),
    test: 'connections cut in the middle of reconciles',
  },
  {
    fault: 'connections of the operator stalled',
    file: operator('api-server'),
    test: 'connections that say nothing any more are given up',
  },
  {
    fault: 'right of the operator taken away',
    file: operator('rights'),
    test: '$named taken away is a condition that names it, and heals',
  },
  {
    fault: 'namespace of our objects deleted',
    file: operator('undeploy'),
    test: 'a namespace that ends with objects in it ends in time, and nothing of it stays',
  },
  {
    fault: 'our kinds deleted with objects in them',
    file: operator('undeploy'),
    test: 'our kinds deleted with objects in them: finalizers of published operators hold nothing up',
  },
  {
    fault: 'our kinds deleted while the operator is cut off',
    file: operator('undeploy'),
    test: 'our kinds deleted while the operator is cut off: it makes nothing again of what went',
  },
];
