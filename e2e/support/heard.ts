import type { NatsConnection } from '@nats-io/transport-node';
import { waitUntil } from '@meshery/testing';

const HEARD_MS = 30_000;

/** Waits until what one client says arrives at another one. */
export async function heard(speaker: NatsConnection, listener: NatsConnection, text: string): Promise<void> {
  const texts: string[] = [];
  const callback = (_: unknown, message: { string(): string }): void => void texts.push(message.string());
  const subscription = listener.subscribe('exec.hello', { callback });
  await listener.flush();
  await waitUntil({ what: `"${text}" being heard`, timeoutMs: HEARD_MS, everyMs: 200 }, async () => {
    speaker.publish('exec.hello', text);
    await speaker.flush();
    return texts.includes(text);
  });
  subscription.unsubscribe();
}
