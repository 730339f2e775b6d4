import { builtInConnectionDefinitions } from '@meshery/object-model';
import type { Clock } from '@meshery/observability';
import type { UserStore } from '@meshery/store';
import { timestamp } from '../../provider/local/local-parts.ts';
import { keepModel } from '../kept-models.ts';
import type { BroughtModel } from '../kept-models.ts';
import { keepDefinition } from './kept-definitions.ts';

/** The model of what the server itself knows, and brings. */
export const coreModel = {
  registrant: { kind: 'meshery', name: 'meshery', type: 'platform', subType: 'management' },
  model: {
    ...{ name: 'meshery-core', displayName: 'Meshery Core', description: 'What every server knows by itself.' },
    ...{ version: 'v1.0.0', modelVersion: 'v1.0.0', status: 'enabled', metadata: {} },
    ...{ category: 'Orchestration & Management', subCategory: 'Uncategorized' },
  },
} as const satisfies BroughtModel;

/**
 * Registers the kinds of connections that the server itself knows, as this version knows them, and links connections of
 * before to them.
 */
export async function keepBuiltInDefinitions(store: UserStore, clock: Clock): Promise<void> {
  const keep = (): Promise<void> =>
    store.change(async (data) => {
      const at = timestamp(clock);
      const { id: modelId } = await keepModel(data, coreModel, at);
      for (const draft of builtInConnectionDefinitions) await keepDefinition(data, { draft, modelId, at });
    });
  // Another server of the database may have added them in the same moment.
  await keep().catch(keep);
}
