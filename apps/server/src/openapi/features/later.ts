import { laterFeatures } from '../../later/later-routes.ts';
import type { LaterFeature } from '../../later/later-routes.ts';
import type { Feature } from '../description.ts';

/** Published routes that have no function yet, as features of their own. */
export const later: readonly Feature[] = laterFeatures.map(({ tag, what, routes }: LaterFeature) => ({
  tag,
  about: what,
  routes: Object.fromEntries(routes.map((route) => [route, { summary: what, status: 501 }])),
}));
