import type { BrokerSpec } from '@meshery/contracts/crds';

/** The version that the operator is made and tested for: that of tools/setup/go/nats-server. */
export const natsVersion = '2.15.2';

/**
 * Versions that published operators deploy and users therefore have in their Brokers, with the version that runs for
 * them here: clients of all of them are understood by it.
 */
const versions: Readonly<Record<string, string>> = {
  '2.8.2': natsVersion,
  '2.10.29': natsVersion,
  '2.11': natsVersion,
  '2.14.2': natsVersion,
  '2.15.2': natsVersion,
};

/** What a Broker runs. */
export interface NatsImage {
  readonly image: string;
  readonly version: string;
}

/** The image for a Broker; undefined when its version is unknown. A repository of the user's own has the user's tags. */
export function natsImage(spec: BrokerSpec, image: string): NatsImage | undefined {
  const wanted = (spec.version ?? '').replace(/^v(?=\d)/, '');
  const repository = spec.image?.repository;
  if (repository !== undefined) {
    const version = wanted === '' ? natsVersion : wanted;
    return { image: `${repository}:${version}`, version };
  }
  const version = wanted === '' ? natsVersion : versions[wanted.replace(/-alpine$|-scratch$/, '')];
  return version === undefined ? undefined : { image, version };
}

/** Every version that may be asked for, for messages. */
export const knownNatsVersions = Object.keys(versions);
