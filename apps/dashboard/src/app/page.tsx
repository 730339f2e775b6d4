import { InventoryPage } from '../features/inventory/inventory-page.tsx';

export default function Page() {
  return <InventoryPage />;
}
