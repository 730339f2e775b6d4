import type { ComponentState, InventoryStore } from '@meshery/store';
import { Controller, Get, Inject, Query } from '@nestjs/common';
import { Needs } from '../access/needs.ts';
import { listParameter } from '../rest/list-parameter.ts';
import { pageAnswer } from '../rest/page-answer.ts';
import { parsePageQuery } from '../rest/page-request.ts';
import { badParameter } from '../rest/query-values.ts';
import type { RawQuery } from '../rest/query-values.ts';
import { slicePage } from '../rest/slice-page.ts';
import { INVENTORY_STORE } from '../tokens.ts';
import { componentKinds } from './component-states.ts';

/** What a component was at its last try. */
export const componentStates = ['ready', 'failing'] as const;

/** What lists of components can be sorted by. */
export const sortedBy = ['kind', 'location', 'lastSeen'] as const;

/** Where Meshery's own components are, when they were seen last, and what their last error was. */
@Controller('api/system/components')
@Needs('administer')
export class ComponentsController {
  readonly #store: InventoryStore;

  constructor(@Inject(INVENTORY_STORE) store: InventoryStore) {
    this.#store = store;
  }

  @Get()
  async list(@Query() raw: RawQuery): Promise<object> {
    const query = parsePageQuery(raw, { sorted: sortedBy });
    const kinds = choices(raw, 'kind', componentKinds);
    const states = choices(raw, 'state', componentStates);
    const all = (await this.#store.components.all()).map(viewOf);
    const wanted = all.filter(({ kind, state }) => kinds.includes(kind) && states.includes(state));
    return pageAnswer('components', slicePage(wanted, query, ['kind', 'location', 'clusterId', 'version']));
  }
}

/** The values of a parameter, all there are when it is absent. */
function choices(raw: RawQuery, name: string, allowed: readonly string[]): readonly string[] {
  const given = listParameter(raw, name) ?? allowed;
  if (given.some((value) => !allowed.includes(value))) throw badParameter(name, `must be of ${allowed.join(', ')}`);
  return given;
}

function viewOf(component: ComponentState) {
  const { kind, location, clusterId, version, isFailing, firstNoted, lastSeen } = component;
  const { errorCode: code, errorMessage: message, errorAt } = component;
  return {
    ...{ kind, location, clusterId, version },
    state: isFailing ? ('failing' as const) : ('ready' as const),
    firstNoted: new Date(firstNoted).toISOString(),
    lastSeen: timeOf(lastSeen),
    lastError: errorAt === 0 ? null : { code, message, at: new Date(errorAt).toISOString() },
  };
}

function timeOf(ms: number): string | null {
  return ms === 0 ? null : new Date(ms).toISOString();
}
