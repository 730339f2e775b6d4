import type { InventoryStore } from '../inventory-store.ts';
import { componentContract } from './contract-components.ts';
import { changeContract, durabilityContract, textContract } from './contract-changes.ts';
import type { StoreUnderTest } from './contract-helpers.ts';
import { identityContract, readContract } from './contract-reads.ts';
import { removeContract } from './contract-remove.ts';
import { resetContract } from './contract-reset.ts';
import { runContract, snapshotContract } from './contract-runs.ts';

/**
 * The behaviour that every inventory store has, whatever database is behind it. `make` gives a new, empty store.
 */
export function inventoryStoreContract(title: string, make: () => Promise<StoreUnderTest>): void {
  describe(`${title}: inventory store`, () => {
    let subject: StoreUnderTest;
    let store: InventoryStore;

    beforeEach(async () => {
      subject = await make();
      store = subject.store;
    });

    afterEach(async () => {
      await subject.destroy();
    });

    runContract(() => store);
    snapshotContract(() => store);
    identityContract(() => store);
    readContract(() => store);
    changeContract(() => store);
    textContract(() => store);
    resetContract(() => store);
    removeContract(() => store);
    durabilityContract(() => subject);
    componentContract(() => subject);
  });
}
