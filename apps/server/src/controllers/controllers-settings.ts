import { controllersConfig, parseRecord } from '@meshery/object-model';
import type { ControllersConfig } from '@meshery/object-model';
import type { Clock, RequestContext } from '@meshery/observability';
import type { UserStore } from '@meshery/store';
import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, USER_STORE } from '../tokens.ts';

const key = 'controllers';
/** In messages. */
const name = 'configuration of the controllers';

/**
 * The defaults of this server for operator, MeshSync and broker. They are a setting of the server, not something that
 * a user has with a provider; they are kept beside user data because they must not be lost either.
 */
@Injectable()
export class ControllersSettings {
  readonly #store: UserStore;
  readonly #clock: Clock;

  constructor(@Inject(USER_STORE) store: UserStore, @Inject(CLOCK) clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  async read(): Promise<ControllersConfig> {
    const kept = await this.#store.read((data) => data.setting(key));
    return controllersConfig.parse(kept ?? {});
  }

  /** With the settings of a cluster laid over them, group by group. Rejects with `meshery-core-1001` for wrong ones. */
  async effective(own: Readonly<Record<string, unknown>>): Promise<ControllersConfig> {
    return parseRecord(controllersConfig, overlaid(await this.read(), own), name);
  }

  /** Rejects with `meshery-core-1001` that names what is wrong; nothing is changed then. */
  async replace(ctx: RequestContext, body: unknown): Promise<ControllersConfig> {
    const config = parseRecord(controllersConfig, body, name);
    const updatedAt = new Date(this.#clock.now()).toISOString();
    await this.#store.change((data) => data.keepSetting({ key, body: config, updatedAt }));
    ctx.logger.info({ category: 'controllers', action: 'configure' }, 'changed');
    return config;
  }
}

function overlaid(base: object, own: Readonly<Record<string, unknown>>): object {
  const groups = Object.entries(base).map(([group, settings]: [string, unknown]) => {
    const over = own[group];
    const areGroups = typeof settings === 'object' && typeof over === 'object';
    return [group, areGroups ? { ...settings, ...over } : (over ?? settings)] as const;
  });
  return Object.fromEntries(groups);
}
