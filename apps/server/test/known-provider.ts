import { Remotes } from '../src/provider/remote/remote.ts';
import type { TestServer } from './server-harness.ts';

/** Resolves when a server knows what its remote provider offers: it asks for that behind its start. */
export async function knowProvider({ service }: TestServer): Promise<void> {
  await service.app.get(Remotes).all[0]?.listing.check();
}
