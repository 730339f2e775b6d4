import type { RegistryReader } from '../../registry/read/registry-reader.ts';
import { badParameter } from '../../rest/query-values.ts';
import type { GraphqlContext } from '../graphql-context.ts';
import type { LiveValues } from '../live-values.ts';
import type { Answer, Follow } from './with-published.ts';

/** What the operations about the registry are made of. */
export interface RegistryOperationsParts {
  readonly registry: RegistryReader;
  readonly live: LiveValues;
}

interface OfSelector {
  readonly selector: { readonly type: string };
}

/** How much the registry holds of each kind. */
export function registryAnswers({ registry }: RegistryOperationsParts): Readonly<Record<string, Answer>> {
  return { getMeshModelSummary: (args: OfSelector) => summary(registry, args) };
}

/** The same as a subscription. */
export function registryFollows({ registry, live }: RegistryOperationsParts): Readonly<Record<string, Follow>> {
  return {
    subscribeMeshModelSummary: (args: OfSelector, context: GraphqlContext) =>
      live.changing(context, async () => [await summary(registry, args)]),
  };
}

async function summary(registry: RegistryReader, { selector: { type } }: OfSelector): Promise<object> {
  if (type !== 'components' && type !== 'relationships') {
    throw badParameter('type', 'knows only components, relationships');
  }
  const counts = Object.entries(await registry.kindCounts(type)).map(([name, count]) => ({ name, count }));
  counts.sort((one, other) => (one.name < other.name ? -1 : 1));
  return { components: [], relationships: [], [type]: counts };
}
