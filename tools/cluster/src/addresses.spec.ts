import { SLOTS, freeSlot, networkOf, nodePlaces } from './addresses.ts';

describe('the addresses of clusters', () => {
  const all = Array.from({ length: SLOTS }, (_, slot) => slot);

  test('differ between all clusters and nodes', () => {
    const places = all.flatMap((slot) => nodePlaces('c', slot, 3));
    for (const key of ['address', 'podRange', 'podGateway', 'cable'] as const) {
      expect(new Set(places.map((place) => place[key])).size).toBe(places.length);
    }
    expect(new Set(all.map((slot) => networkOf(slot).bridge)).size).toBe(SLOTS);
  });

  test('stay within 10.244.0.0/16, and names of interfaces within 15 characters', () => {
    const last = nodePlaces('c', SLOTS - 1, 3);
    expect(last.map((place) => place.podRange)).toEqual(['10.244.248.0/24', '10.244.249.0/24', '10.244.250.0/24']);
    expect(networkOf(SLOTS - 1).podRange).toBe('10.244.248.0/22');
    expect(last.every((place) => place.cable.length <= 15)).toBe(true);
  });

  test('are given to a new cluster from the first free slot', () => {
    expect(freeSlot(new Set())).toBe(0);
    expect(freeSlot(new Set([0, 1, 3]))).toBe(2);
    expect(() => freeSlot(new Set(all))).toThrow('no address range');
  });
});
