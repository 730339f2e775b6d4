import { controlSubject } from '@meshery/contracts';
import { InProcessBroker } from '@meshery/messaging';
import type { BrokerStatus } from '@meshery/messaging';
import { PushStream } from '@meshery/messaging/ingest-grpc';
import { createLogger, systemClock } from '@meshery/observability';
import { ClusterBinding } from '../link/cluster-binding.ts';
import { ParkingLot } from '../parking/parking-lot.ts';
import { ByteBudget } from './byte-budget.ts';
import { NativeFlow } from './native-flow.ts';

/** A broker whose connection a test takes away. */
class UnsteadyBroker extends InProcessBroker {
  connected = true;

  override status(): BrokerStatus {
    return { ...super.status(), connected: this.connected };
  }
}

const clock = systemClock;
const logger = createLogger({ service: 'test', level: 'silent' });
const unused = (): never => {
  throw new Error('not used here');
};

function flowOn(broker: UnsteadyBroker, binding: ClusterBinding): NativeFlow {
  const push = new PushStream({ open: unused, whenReady: unused, onReset: unused, clock, logger });
  const parking = new ParkingLot({ broker, clock, logger, onParked: unused });
  const shared = { broker, binding, parking, push, clock, logger, budget: new ByteBudget(1e6) };
  return new NativeFlow({ ...shared, relayOpenRun: unused, onOutcome: unused, gapWaitMs: 500 });
}

test('everything is asked for once, as soon as there is a broker and an agent was heard', async () => {
  const broker = new UnsteadyBroker({ clock });
  const asked: string[] = [];
  broker.subscribe(controlSubject('c'), (message) => void asked.push(Buffer.from(message.data).toString()), {
    signal: new AbortController().signal,
  });
  const binding = new ClusterBinding(undefined);
  const flow = flowOn(broker, binding);
  flow.askForEverything('damaged');
  flow.tick(false);
  broker.connected = false;
  binding.whyForeign('c');
  flow.tick(false);
  await broker.flush();
  expect(asked).toEqual([]);
  broker.connected = true;
  flow.tick(false);
  flow.tick(false);
  await broker.flush();
  await new Promise((resolve) => setImmediate(resolve));
  expect(asked).toEqual(['{"type":"snapshot-all","reason":"damaged"}']);
});
