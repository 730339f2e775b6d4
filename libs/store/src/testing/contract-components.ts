import type { ComponentSighting } from '../component-state.ts';
import type { StoreUnderTest } from './contract-helpers.ts';

const limits = { before: 0, keep: 100 };
const error = { code: 'meshery-provider-2001', message: 'it cannot be asked' };

function sighting(location: string, at: number, over: Partial<ComponentSighting> = {}): ComponentSighting {
  return { kind: 'broker', location, clusterId: '', version: '', at, ...over };
}

/** Part of the contract of inventory stores. */
export function componentContract(get: () => StoreUnderTest): void {
  describe('own components', () => {
    const locations = async (): Promise<string[]> =>
      (await get().store.components.all()).map(({ location }) => location);

    test('what was noted of one is merged, and outlives the store that it was told', async () => {
      const subject = get();
      const { store } = subject;
      expect(await store.components.all()).toEqual([]);
      const seq = await store.seq();
      await store.components.note([sighting('nats:4222', 1000, { clusterId: 'c1', version: '2.15.2' })], limits);
      await store.components.note([sighting('nats:4222', 2000, { error })], limits);
      const failing = {
        ...{ kind: 'broker', location: 'nats:4222', clusterId: 'c1', version: '2.15.2', firstNoted: 1000 },
        ...{ errorCode: error.code, errorMessage: error.message, errorAt: 2000 },
      };
      const reopened = await subject.reopen();
      expect(await reopened.components.all()).toEqual([{ ...failing, isFailing: true, lastSeen: 1000 }]);
      await reopened.components.note([sighting('nats:4222', 3000, { version: '2.16.0' })], limits);
      expect(await reopened.components.all()).toEqual([
        { ...failing, version: '2.16.0', isFailing: false, lastSeen: 3000 },
      ]);
      expect(await reopened.seq()).toBe(seq);
    });

    test('they come by kind and location, and a location says nothing about another kind', async () => {
      const { store } = get();
      await store.components.note(
        [
          sighting('b', 1),
          sighting('a', 2),
          sighting('z', 3, { kind: 'agent' }),
          sighting('a', 4, { kind: 'agent', error }),
        ],
        limits,
      );
      expect(
        (await store.components.all()).map(({ kind, location, isFailing }) => [kind, location, isFailing]),
      ).toEqual([
        ['agent', 'a', true],
        ['agent', 'z', false],
        ['broker', 'a', false],
        ['broker', 'b', false],
      ]);
    });

    test('those of which nothing was noted for long are forgotten, and the oldest of too many', async () => {
      const { store } = get();
      await store.components.note(
        [sighting('old', 10), sighting('failed', 30, { error }), sighting('new', 40)],
        limits,
      );
      await store.components.note([], { before: 20, keep: 100 });
      expect(await locations()).toEqual(['failed', 'new']);
      await store.components.note([sighting('newer', 50)], { before: 0, keep: 2 });
      expect(await locations()).toEqual(['new', 'newer']);
    });
  });
}
