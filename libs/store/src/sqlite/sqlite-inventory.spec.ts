import { inventoryStoreContract } from '../testing/inventory-store.contract.ts';
import { sqliteUnderTest } from '../testing/sqlite-under-test.ts';

inventoryStoreContract('SQLite', sqliteUnderTest);
